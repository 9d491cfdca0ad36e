// Accuracy of the float32 logarithm, sine and cosine behind the normals, measured on the compiled source itself.
import { expect, test } from "vitest";
import { compile, simd } from "../scripts/compile.mjs";
import { largest } from "./fixtures.ts";

interface Probe {
  pairs(first: number, step: number, angle: number, angleStep: number, target: number): void;
}

const memory = new WebAssembly.Memory({ initial: 1 });
const binary = await compile("test/assembly/box-muller.ts", simd);
const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
const probe = instance.exports as unknown as Probe;
const target = 4096;
const out = new Float32Array(memory.buffer, target, 8);

test("the radius is within 2e-7 relative of √(−2 ln u)", () => {
  // Angle word 0: the cosine is exactly 1, so the first output is the radius. Every 61st of the 2²⁴ values of u, and its ends.
  let worst = 0;
  const check = (first: number, step: number) => {
    probe.pairs(first << 8, step << 8, 0, 0, target);
    for (let lane = 0; lane < 4; lane++) {
      const u = (first + lane * step + 1) / 2 ** 24;
      const expected = Math.sqrt(-2 * Math.log(u));
      if (u === 1) expect(Math.abs(out[lane]!)).toBe(0);
      else worst = Math.max(worst, Math.abs(out[lane]! / expected - 1));
    }
  };
  for (let first = 0; first + 183 < 2 ** 24; first += 244) check(first, 61);
  for (let first = 0; first < 4096; first += 4) check(first, 1);
  for (let first = 2 ** 24 - 4096; first < 2 ** 24; first += 4) check(first, 1);
  expect(worst).toBeLessThan(2e-7);
  expect(worst).toBeGreaterThan(0);
});

test("the largest radius is 5.77", () => {
  probe.pairs(0, 0, 0, 0, target);
  expect(out[0]).toBeCloseTo(Math.sqrt(2 * 24 * Math.LN2), 5);
});

test("cosine and sine of the angle are within 1.3e-7", () => {
  // Radius of u = e⁻² to 24 bits is near 2: divided out with the radius measured at angle 0.
  const word = Math.round(Math.exp(-2) * 2 ** 24) << 8;
  probe.pairs(word, 0, 0, 0, target);
  const radius = out[0]!;
  const errors: number[] = [];
  const check = (angle: number, step: number) => {
    probe.pairs(word, 0, angle | 0, step, target);
    for (let lane = 0; lane < 4; lane++) {
      const turn = (2 * Math.PI * ((angle + lane * step) >>> 0)) / 2 ** 32;
      errors.push(out[lane]! / radius - Math.cos(turn), out[4 + lane]! / radius - Math.sin(turn));
    }
  };
  for (let angle = 0; angle < 2 ** 32; angle += 2 ** 17 + 4) check(angle, 32771);
  // Around every eighth of a turn the polynomials change places.
  for (let eighth = 0; eighth < 8; eighth++) check(eighth * 2 ** 29 - 2, 1);
  expect(largest(errors)).toBeLessThan(1.3e-7);
});

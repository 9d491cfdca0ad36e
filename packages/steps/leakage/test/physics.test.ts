// The glow: oracle values, its width, and that it is added to every frame alike.
import { facts } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import type { SpecInput, StepInputOf } from "@minisim/spec";
import { leakage } from "@minisim/step-leakage";
import { describe, expect, test } from "vitest";
import oracle from "./fixtures/leakage.json" with { type: "json" };

const { simulate, compile } = createSimulator({ steps: [leakage] });
type Params = Omit<StepInputOf<[typeof leakage]>, "kind">;
const spec = (params: Params, height = 9, width = 12): SpecInput<[typeof leakage]> => ({
  acquisition: {
    fps: 2,
    duration_s: 1.5,
    optics: { magnification: 8 },
    image_sensor: { n_px_height: height, n_px_width: width, pixel_pitch_um: 8 },
  },
  steps: [{ kind: "leakage", ...params }],
});
const fieldOf = (params: Params, height?: number, width?: number) =>
  compile(spec(params, height, width)).truth.get("leakage")!.data;

describe("a gaussian glow", () => {
  test("oracle: a quarter of the smaller side wide by default", () => {
    const field = fieldOf({ level: 0.3 });
    for (const [i, expected] of oracle.gaussian_level_0p3.flat().entries()) {
      // float64 formulas: one exponential and a few products
      expect(Math.abs(field[i]! / expected - 1)).toBeLessThan(1e-12);
    }
    expect(fieldOf({ level: 0.3, sigma_um: 9 / 4 })).toEqual(field);
  });

  test("has its level at the centre, and level·e^(−1/2) one sigma away", () => {
    const field = fieldOf({ level: 0.5, sigma_um: 3 }, 9, 9);
    expect(field[4 * 9 + 4]).toBe(0.5);
    expect(field[4 * 9 + 7]).toBeCloseTo(0.5 * Math.exp(-0.5), 12);
    expect(field[1 * 9 + 4]).toBe(field[4 * 9 + 7]);
  });
});

test("a uniform glow has its level everywhere", () => {
  expect([...fieldOf({ profile: "uniform", level: 0.25 }, 2, 3)]).toEqual(Array(6).fill(0.25));
});

test("is added to every frame alike, and takes no part in the photon budget", async () => {
  const { observed, ground_truth } = await simulate(spec({ level: 0.5 }, 5, 5));
  const glow = [...ground_truth.leakage!.data].map(Math.fround);
  expect([...observed.data]).toEqual([...glow, ...glow, ...glow]);
  const { scene } = compile(spec({}));
  expect(scene.get(facts.excitation)).toEqual([]);
  expect(scene.get(facts.collection)).toEqual([]);
  expect(scene.get(facts.exposure)).toBeNull();
});

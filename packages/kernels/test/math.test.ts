// The elementary functions against the engine's own.
import * as math from "@minisim/kernels/math";
import { describe, expect, test } from "vitest";

type Unary = (x: number) => number;

/** Arguments spread over the range where each function has something to say. */
const ranges: Record<string, [number, number]> = {
  exp: [-745, 709.7],
  expm1: [-40, 709.7],
  log: [1e-308, 1e3],
  log1p: [-0.999999, 1e3],
  log2: [1e-308, 1e3],
  log10: [1e-308, 1e3],
  sin: [-1e3, 1e3],
  cos: [-1e3, 1e3],
  tan: [-1e3, 1e3],
  asin: [-1, 1],
  acos: [-1, 1],
  atan: [-50, 50],
  sinh: [-700, 700],
  cosh: [-700, 700],
  tanh: [-25, 25],
  cbrt: [-1e6, 1e6],
};
const nPoints = 20_001;
const engine = Math as unknown as Record<string, Unary>;
const ours = math as unknown as Record<string, Unary>;

/** Even steps over the range, and the same shrunk towards 0 where small arguments are the hard ones. */
function grid([low, high]: [number, number]): number[] {
  const points: number[] = [];
  for (let i = 0; i < nPoints; i++) {
    const x = low + ((high - low) * i) / (nPoints - 1);
    points.push(x, x / 1024);
  }
  return points;
}

/** Distance in units of the last place of the expected value. */
function ulps(actual: number, expected: number): number {
  if (Object.is(actual, expected)) return 0;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(expected));
  const exponent = Math.max((bits.getUint32(0) >>> 20) - 1023, -1022);
  return Math.abs(actual - expected) / 2 ** Math.max(exponent - 52, -1074);
}

describe("unary functions", () => {
  for (const [name, range] of Object.entries(ranges)) {
    test(`${name} is within 2 ulp of the engine`, () => {
      // Each of the two is within 1 ulp of the true value.
      const worst = grid(range).reduce(
        (most, x) => Math.max(most, ulps(ours[name]!(x), engine[name]!(x))),
        0,
      );
      expect(worst).toBeLessThanOrEqual(2);
    });

    test(`${name} treats NaN, infinities and zeros like the engine`, () => {
      for (const x of [Number.NaN, Infinity, -Infinity, 0, -0]) {
        expect(ours[name]!(x), `${name}(${x})`).toBe(engine[name]!(x));
      }
    });
  }

  test("large arguments are reduced exactly", () => {
    // Expected values from 40-digit arithmetic, rounded; 1e-15 is 9 ulp at most.
    expect(Math.abs(math.sin(1e22) - -0.8522008497671888)).toBeLessThan(1e-15);
    expect(Math.abs(math.cos(1e22) - 0.523214785395139)).toBeLessThan(1e-15);
    expect(Math.abs(math.sin(2 ** 53) - -0.848925964814655)).toBeLessThan(1e-15);
    expect(Math.abs(math.tan(2 ** 53) - 1.6062574002155612)).toBeLessThan(1e-15);
  });
});

const { pow, atan2, hypot } = math;

describe("functions of two arguments", () => {
  const special = [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -2, 3, 1e300, 1e-300];
  const pairs = special.flatMap((a) => special.map((b): [number, number] => [a, b]));
  for (const [name, ours] of Object.entries({ pow, atan2, hypot })) {
    test(`${name} is within 2 ulp of the engine, special values included`, () => {
      const reference = (Math as unknown as Record<string, (a: number, b: number) => number>)[
        name
      ]!;
      for (const [a, b] of pairs) {
        const expected = reference(a, b);
        expect(ulps(ours(a, b), expected), `${name}(${a}, ${b})`).toBeLessThanOrEqual(2);
      }
      let worst = 0;
      for (let i = 0; i < nPoints; i++) {
        const a = 0.001 + i / 97;
        const b = ((i * 37) % 1001) / 20 - 25;
        worst = Math.max(worst, ulps(ours(a, b), reference(a, b)));
      }
      expect(worst).toBeLessThanOrEqual(2);
    });
  }
});

describe("roundHalfEven", () => {
  test("a half goes to the even neighbour", () => {
    const halves = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5];
    expect(halves.map((x) => math.roundHalfEven(x) + 0)).toEqual([-2, -2, 0, 0, 2, 2, 4]);
  });

  test("everything else goes to the nearest integer", () => {
    expect(math.roundHalfEven(0.49999999999999994)).toBe(0);
    expect(math.roundHalfEven(-1.2)).toBe(-1);
    expect(math.roundHalfEven(301.6)).toBe(302);
    expect(math.roundHalfEven(2 ** 53)).toBe(2 ** 53);
    expect(math.roundHalfEven(-Infinity)).toBe(-Infinity);
  });
});

// Moments, independence of the window, and the one-call form of the noise field.
import { createKernels, normalField } from "@minisim/kernels";
import { describe, expect, test } from "vitest";

describe("a million normals", () => {
  const n = 2 ** 20;
  const z = normalField({ rows: 1024, cols: 1024, rowStart: -512, colStart: -512 }, [11, 22]);
  const moment = (power: number) => z.reduce((sum, x) => sum + x ** power, 0) / n;

  // Standard errors of the sample moments of a normal: 1/√n, √(2/n), √(15/n), √(96/n); five of them each.
  test("have the mean, variance, third and fourth moment of a standard normal", () => {
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  });

  test("are uncorrelated with their right and lower neighbours", () => {
    for (const lag of [1, 2, 4, 1024]) {
      let sum = 0;
      for (let i = 0; i + lag < n; i++) sum += z[i]! * z[i + lag]!;
      expect(Math.abs(sum / (n - lag))).toBeLessThan(5 / Math.sqrt(n - lag));
    }
  });

  test("fall beyond 1, 2 and 3 σ as often as they should", () => {
    for (const [limit, p] of [
      [1, 0.31731050786],
      [2, 0.0455002639],
      [3, 0.00269979606],
    ] as const) {
      const beyond = z.reduce((count, x) => count + (Math.abs(x) > limit ? 1 : 0), 0);
      expect(Math.abs(beyond / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
    }
  });
});

test("the value at a place is the same in every window", () => {
  const whole = normalField({ rows: 20, cols: 31, rowStart: -10, colStart: -15 }, [3, 4]);
  const part = normalField({ rows: 7, cols: 9, rowStart: -3, colStart: -6 }, [3, 4]);
  for (let r = 0; r < 7; r++) {
    for (let c = 0; c < 9; c++) expect(part[r * 9 + c]).toBe(whole[(r + 7) * 31 + c + 9]);
  }
});

test("another key is another field", () => {
  const window = { rows: 4, cols: 4, rowStart: 0, colStart: 0 };
  const field = normalField(window, [1, 2]);
  for (const other of [normalField(window, [2, 2]), normalField(window, [1, 3])]) {
    expect(field.some((value, i) => value === other[i])).toBe(false);
  }
});

test("nothing is written past the window", () => {
  const kernels = createKernels();
  const target = kernels.arena().f32(20).set(new Float32Array(20).fill(7));
  kernels.normals(target, { rows: 3, cols: 5, rowStart: 0, colStart: 0 }, [1, 2]);
  expect(target.view().subarray(15)).toEqual(new Float32Array(5).fill(7));
});

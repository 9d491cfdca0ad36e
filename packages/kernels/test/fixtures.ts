// Shared by the tests: seeded values and a comparison whose failure says where.
import { expect } from "vitest";

/** Repeatable values in [low, high), float32-exact: a twin must not differ because its input was rounded. */
export function values(n: number, seed: number, low = 0, high = 1): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float32Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 2 ** 32;
  });
}

export function largest(array: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < array.length; i++) most = Math.max(most, Math.abs(array[i]!));
  return most;
}

export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= tolerance)) {
      expect.fail(`element ${i}: ${actual[i]} instead of ${expected[i]}, tolerance ${tolerance}`);
    }
  }
}

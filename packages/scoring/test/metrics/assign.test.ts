// The assignment against brute force.
import { assignPairs, type SparseSimilarity } from "@minisim/scoring";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

function sparse(rows: readonly (readonly number[])[], columns: number): SparseSimilarity {
  const starts = [0];
  const truths: number[] = [];
  const values: number[] = [];
  for (const row of rows) {
    row.forEach((value, j) => {
      if (value === 0) return;
      truths.push(j);
      values.push(value);
    });
    starts.push(truths.length);
  }
  return {
    shape: [rows.length, columns],
    starts: Int32Array.from(starts),
    truths: Int32Array.from(truths),
    values: Float64Array.from(values),
  };
}

/** The largest total of any pairing, by trying them all. */
function bestTotal(rows: readonly (readonly number[])[], row = 0, taken = 0): number {
  const line = rows[row];
  if (line === undefined) return 0;
  return line.reduce(
    (best, value, j) =>
      taken & (1 << j) ? best : Math.max(best, value + bestTotal(rows, row + 1, taken | (1 << j))),
    bestTotal(rows, row + 1, taken),
  );
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
// Sums of at most six numbers up to 1, in another order.
const ROUNDING = 1e-14;

function expectOptimal(rows: readonly (readonly number[])[], columns: number): void {
  const { estimate, truth, similarity } = assignPairs(sparse(rows, columns));
  expect(Math.abs(total(similarity) - bestTotal(rows))).toBeLessThanOrEqual(ROUNDING);
  expect([...estimate]).toEqual([...new Set(estimate)].sort((a, b) => a - b));
  expect(new Set(truth).size).toBe(truth.length);
  estimate.forEach((i, k) => {
    expect(similarity[k]).toBe(rows[i]![truth[k]!]);
    expect(similarity[k]).toBeGreaterThan(0);
  });
}

describe("the sum of similarities is the largest there is", () => {
  test("for every matrix of 0, ½ and 1 up to 3 × 3", () => {
    for (const [height, width] of [
      [1, 1],
      [1, 3],
      [3, 1],
      [2, 2],
      [2, 3],
      [3, 2],
      [3, 3],
    ] as const) {
      for (let code = 0; code < 3 ** (height * width); code++) {
        const digit = (k: number) => (Math.floor(code / 3 ** k) % 3) / 2;
        const rows = Array.from({ length: height }, (_, i) =>
          Array.from({ length: width }, (_, j) => digit(i * width + j)),
        );
        expectTotal(rows, width);
      }
    }
  });

  test("for random ones up to 6 × 6, sparse and rectangular", () => {
    const entry = fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      fc.double({ min: 1e-9, max: 1, noNaN: true }),
    );
    const matrix = fc.integer({ min: 0, max: 6 }).chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), {
          maxLength: 6,
        }),
      }),
    );
    fc.assert(fc.property(matrix, ({ rows, columns }) => expectOptimal(rows, columns)));
  });
});

test("greed loses: the best single pair is given up for two good ones", () => {
  const { estimate, truth } = assignPairs(sparse([[0.9, 0.8], [0.7]], 2));
  expect([...estimate]).toEqual([0, 1]);
  expect([...truth]).toEqual([1, 0]);
});

test("nothing to pair is no pairs", () => {
  const none = { estimate: new Int32Array(0), truth: new Int32Array(0) };
  expect(assignPairs(sparse([], 0))).toMatchObject(none);
  expect(assignPairs(sparse([], 3))).toMatchObject(none);
  expect(assignPairs(sparse([[], []], 0))).toMatchObject(none);
  expect(assignPairs(sparse([[0, 0]], 2))).toMatchObject(none);
});

/** As `expectOptimal`, with one assertion: there are twenty thousand matrices. */
function expectTotal(rows: readonly (readonly number[])[], columns: number): void {
  // Halves add up exactly.
  expect(total(assignPairs(sparse(rows, columns)).similarity)).toBe(bestTotal(rows));
}

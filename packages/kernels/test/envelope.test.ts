// Solutions and the diagonal of the inverse of sparse matrices, against one that is inverted whole.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type EnvelopeMatrix,
  envelopeMatrix,
  factorize,
  inverseDiagonal,
  solveFactored,
} from "../src/envelope.ts";

/** By Gauss and Jordan. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < size; i++) {
    const pivot = rows[i]![i]!;
    rows[i] = rows[i]!.map((value) => value / pivot);
    for (let k = 0; k < size; k++) {
      if (k === i) continue;
      const factor = rows[k]![i]!;
      rows[k] = rows[k]!.map((value, j) => value - factor * rows[i]![j]!);
    }
  }
  return rows.map((row) => row.slice(size));
}

/** Entries of the lower triangle; in each row those before `first` are zero. */
const matrices = fc
  .array(
    fc.record({
      reach: fc.nat(6),
      entries: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 7, maxLength: 7 }),
    }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((rows) => {
    const first = Int32Array.from(rows, ({ reach }, i) => Math.max(0, i - reach));
    const matrix = envelopeMatrix(first);
    for (const [i, { entries }] of rows.entries()) {
      for (let j = first[i]!; j < i; j++)
        matrix.values[matrix.origin[i]! + j] = entries[i - j]! / 10;
      // Larger than all others of the row and the column together: positive definite.
      matrix.values[matrix.origin[i]! + i] = 12;
    }
    return matrix;
  });

/** All rows and columns. */
function dense({ first, origin, values }: EnvelopeMatrix): number[][] {
  const entry = (i: number, j: number) => (j >= first[i]! ? values[origin[i]! + j]! : 0);
  return Array.from(first, (_, i) =>
    Array.from(first, (_, j) => (j <= i ? entry(i, j) : entry(j, i))),
  );
}

test("a factor solves for any right-hand side", () => {
  fc.assert(
    fc.property(matrices, fc.array(fc.integer({ min: -9, max: 9 })), (matrix, numbers) => {
      const full = dense(matrix);
      const wanted = Float64Array.from(full, (_, i) => numbers[i] ?? 1);
      const x = Float64Array.from(full, (row) =>
        row.reduce((sum, value, j) => sum + value * wanted[j]!, 0),
      );
      factorize(matrix);
      solveFactored(matrix, x);
      // A dozen rows of well-conditioned numbers below 10.
      for (const [i, value] of wanted.entries())
        expect(Math.abs(x[i]! - value)).toBeLessThan(1e-12);
    }),
  );
});

test("the diagonal is that of the whole inverse", () => {
  fc.assert(
    fc.property(matrices, (matrix) => {
      const whole = inverse(dense(matrix));
      // A dozen rows of well-conditioned numbers.
      for (const [i, value] of inverseDiagonal(matrix).entries()) {
        expect(Math.abs(value / whole[i]![i]! - 1)).toBeLessThan(1e-12);
      }
    }),
  );
});

test("a row that depends on others is an error that says so", () => {
  const matrix = envelopeMatrix(Int32Array.of(0, 0));
  matrix.values.fill(1);
  expect(() => inverseDiagonal(matrix)).toThrow("not positive definite: row 1");
});

// Non-negative least squares: against every possible set of bounds on small problems, and by its optimality conditions.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sparseGram } from "../../src/baselines/gram.ts";
import { nnlsSolver } from "../../src/baselines/nnls.ts";
import { randomNumbers } from "../support.ts";

const gramOf = (columns: readonly (readonly number[])[]) =>
  sparseGram(columns.length, (i, j) => dot(columns[i]!, columns[j]!));

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, k) => sum + value * b[k]!, 0);

function solve(
  columns: number[][],
  y: number[],
  free: number[] = [],
  start?: number[],
  order?: Int32Array,
) {
  const bounds = Uint8Array.from(columns, (_, i) => free[i] ?? 0);
  const x = Float64Array.from(columns, (_, i) => start?.[i] ?? 0);
  const b = Float64Array.from(columns, (column) => dot(column, y));
  const outcome = nnlsSolver(gramOf(columns), bounds, { order }).solve(b, x);
  return { x: [...x], ...outcome };
}

/** Gauss–Jordan with pivoting; null where the columns are dependent. */
function leastSquares(columns: readonly number[][], y: readonly number[]): number[] | null {
  const rows = columns.map((a) => [...columns.map((b) => dot(a, b)), dot(a, y)]);
  for (let k = 0; k < rows.length; k++) {
    const best = rows.slice(k).reduce((a, b) => (Math.abs(b[k]!) > Math.abs(a[k]!) ? b : a));
    if (Math.abs(best[k]!) < 1e-9) return null;
    const at = rows.indexOf(best);
    [rows[k], rows[at]] = [best, rows[k]!];
    for (const row of rows) {
      if (row === best) continue;
      const factor = row[k]! / best[k]!;
      for (let c = k; c < row.length; c++) row[c]! -= factor * best[c]!;
    }
  }
  return rows.map((row, k) => row.at(-1)! / row[k]!);
}

/** ½ of it is what is minimised. */
const residual2 = (columns: readonly number[][], x: readonly number[], y: readonly number[]) =>
  y.reduce((sum, value, k) => {
    const left = value - columns.reduce((fit, column, i) => fit + column[k]! * x[i]!, 0);
    return sum + left * left;
  }, 0);

/** The best over all sets of unknowns that are not at their bound. */
function bruteForce(columns: number[][], y: number[], free: readonly number[]): number {
  let best = Infinity;
  for (let set = 0; set < 2 ** columns.length; set++) {
    const open = columns.flatMap((_, i) => ((set >> i) & 1 ? [i] : []));
    if (free.some((flag, i) => flag === 1 && !open.includes(i))) continue;
    const chosen = open.map((i) => columns[i]!);
    const x = leastSquares(chosen, y);
    if (x === null || x.some((value, k) => value < 0 && free[open[k]!] !== 1)) continue;
    best = Math.min(best, residual2(chosen, x, y));
  }
  return best;
}

const number = fc.integer({ min: 0, max: 8 });
const problem = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc.record({
    columns: fc.array(fc.array(number, { minLength: 7, maxLength: 7 }), {
      minLength: n,
      maxLength: n,
    }),
    y: fc.array(fc.integer({ min: -20, max: 40 }), { minLength: 7, maxLength: 7 }),
    free: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: n, maxLength: n }),
    start: fc.array(number, { minLength: n, maxLength: n }),
  }),
);

describe("small problems", () => {
  test("reach the least residual that any set of bounds allows, whatever x held before", () => {
    fc.assert(
      fc.property(problem, ({ columns, y, free, start }) => {
        // Dependent columns have many solutions; brute force would miss those of free ones.
        fc.pre(leastSquares(columns, y) !== null);
        const { x, violation } = solve(columns, y, free, start);
        expect(violation).toBeLessThanOrEqual(1e-9);
        expect(x.every((value, i) => value >= 0 || free[i] === 1)).toBe(true);
        // Residuals are at most 7 · 40²; gradients of 1e-9 · |b| move them by far less.
        expect(residual2(columns, x, y) - bruteForce(columns, y, free)).toBeLessThan(1e-4);
      }),
      { numRuns: 300 },
    );
  });

  test("dark and equal columns do no harm", () => {
    const [a, b] = [
      [1, 2, 0, 1],
      [0, 1, 3, 1],
    ];
    const y = [2, 7, 9, 5];
    const plain = solve([a!, b!], y);
    const { x, violation } = solve([a!, [0, 0, 0, 0], b!, a!], y);
    expect(violation).toBeLessThanOrEqual(1e-9);
    expect(x[1]).toBe(0);
    expect(x[0]! + x[3]!).toBeCloseTo(plain.x[0]!, 7);
    expect(x[2]!).toBeCloseTo(plain.x[1]!, 7);
  });

  test("nothing to fit is 0; nothing to fit with is nothing", () => {
    expect(solve([[1, 2]], [0, 0], [0], [5]).x[0]).toBeCloseTo(0, 9);
    expect(solve([], [1, 2])).toMatchObject({ x: [], violation: 0 });
    expect(solve([[1, 0]], [-3, 0]).x).toEqual([0]);
    expect(solve([[1, 0]], [-3, 0], [1]).x[0]).toBeCloseTo(-3, 9);
  });
});

test.each([
  { name: "some", count: 150, sorted: false, sign: 1 },
  { name: "many", count: 900, sorted: true, sign: 1 },
  // More at their bound than a direct method guesses: the iteration does it.
  { name: "many, most of them dark", count: 900, sorted: true, sign: -1 },
])("overlapping columns satisfy the optimality conditions: $name", ({ count, sorted, sign }) => {
  const random = randomNumbers(1);
  const pixels = 6 * count;
  // Bumps on a line, each overlapping a dozen others, and a constant.
  const centres = Array.from({ length: count }, () => random() * pixels);
  const columns = centres.map((centre) => {
    const width = 15 + 30 * random();
    return Array.from({ length: pixels }, (_, p) => Math.max(1 - Math.abs(p - centre) / width, 0));
  });
  columns.push(new Array(pixels).fill(1));
  const y = Array.from({ length: pixels }, (_, p) => {
    const light = columns.reduce((sum, column, i) => sum + column[p]! * (i % 3), 0);
    return sign * light + 20 * (random() - 0.5);
  });
  const free = columns.map((_, i) => (i === count ? 1 : 0));
  const place = [...centres, Infinity];
  const order = Int32Array.from(place.keys()).sort((i, j) => place[i]! - place[j]! || i - j);
  const { x, violation } = solve(columns, y, free, undefined, sorted ? order : undefined);
  expect(violation).toBeLessThanOrEqual(1e-9);
  // The same, computed from the columns themselves and not from their Gram matrix.
  const left = y.map((value, p) => value - columns.reduce((sum, c, i) => sum + c[p]! * x[i]!, 0));
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)));
  const scale = Math.max(...columns.map((column, i) => Math.abs(dot(column, y)) / lengths[i]!));
  let bound = 0;
  for (const [i, column] of columns.entries()) {
    const pull = dot(column, left) / lengths[i]! / scale;
    if (x[i] === 0) bound += 1;
    // Sums of thousands of terms add rounding errors of 1e-12 to the solver's 1e-9.
    if (x[i]! > 0 || free[i] === 1) expect(Math.abs(pull)).toBeLessThan(1.001e-9);
    else expect(pull).toBeLessThan(1.001e-9);
  }
  expect(bound).toBeGreaterThan(10);
});

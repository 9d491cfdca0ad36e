// Transients and whose light is in them, on traces that are counted by hand.
import { attributionOf, transientsOf } from "@minisim/scoring";
import { expect, test } from "vitest";
import { randomNumbers } from "../support.ts";

test("rises from the last lowest frame to the highest, whatever the unit and offset", () => {
  const trace = [0, 0, 0, 4, 10, 6, 3, 1, 0, 0, 5, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const expected = [
    { start: 2, peak: 4, height: 10 },
    { start: 9, peak: 10, height: 5 },
  ];
  expect(transientsOf(trace)).toEqual(expected);
  expect(transientsOf(trace.map((value) => 100 + 2 * value))).toEqual(
    expected.map((one) => ({ ...one, height: 2 * one.height })),
  );
});

test("a rise on the slope of another is one of its own, a dent in a rise is none", () => {
  // A tenth of the range, 1, ends a rise and makes one. At 6: a fall by 0.5 and on.
  const trace = [0, 0, 0, 0, 0, 0, 5, 4.5, 10, 8, 7, 9, 6, 3, ...new Array<number>(20).fill(0)];
  expect(transientsOf(trace)).toEqual([
    { start: 5, peak: 8, height: 10 },
    { start: 10, peak: 11, height: 2 },
  ]);
});

test("white noise has hardly any, a rise of ten of its standard deviations is one", () => {
  const draw = randomNumbers(1);
  // Box and Muller.
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const noise = Array.from({ length: 200 }, () => Array.from({ length: 3000 }, normal));
  const false_ones = noise.filter((trace) => transientsOf(trace).length > 0).length;
  // Below one in a hundred, which gives 2 ± 1.4.
  expect(false_ones).toBeLessThanOrEqual(2 + 3 * 1.4);
  const step = noise[0]!.map((value, t) => value + (t >= 1000 && t < 1200 ? 14 : 0));
  const [rise, ...others] = transientsOf(step);
  expect(others).toEqual([]);
  expect(rise!.start).toBeLessThan(1000);
  expect(rise!.peak).toBeGreaterThanOrEqual(1000);
  expect(rise!.peak).toBeLessThan(1200);
});

test("none in a constant, in two frames, in NaN", () => {
  for (const trace of [[], [1], [1, 9], [2, 2, 2], [0, Number.NaN, 9]])
    expect(transientsOf(trace)).toEqual([]);
});

test("a transient is the cell's whose light rises most, above what there was", () => {
  const transients = [
    { start: 0, peak: 2, height: 10 },
    { start: 3, peak: 4, height: 5 },
    { start: 5, peak: 6, height: 8 },
  ];
  // In the first, cell 7 rises by 2 · 4 = 8 and cell 9 by 1 · 1; in the second cell 9 by 6, and cell 7 falls from on high; in the
  // third all rise by less than a quarter of the usual share: of 9 / 10, 6 / 5 and 0.1 / 8 the 90th percentile is 1.14.
  const cells = [
    { cell: 7, gathered: 2, activity: [0, 1, 4, 9, 3, 0, 0.05] },
    { cell: 9, gathered: 1, activity: [0, 1, 0, 0, 6, 0, 0] },
  ];
  const shares = { 7: 8 / 15, 9: 7 / 15 };
  expect(attributionOf(transients, cells, 7)).toEqual({
    n_transients: 3,
    cells: [
      { cell: 7, n_transients: 1, share: shares[7] },
      { cell: 9, n_transients: 1, share: shares[9] },
    ],
    n_nobodys: 1,
    n_own: 1,
  });
  expect(attributionOf(transients, cells, 8).n_own).toBe(0);
  expect(attributionOf(transients, cells, null).n_own).toBeNull();
  expect(attributionOf(transients, [], 7)).toEqual({
    n_transients: 3,
    cells: [],
    n_nobodys: 3,
    n_own: 0,
  });
});

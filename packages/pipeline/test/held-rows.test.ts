// Rows of a series that are worked out once, and a series that is too long for it.
import { expect, test } from "vitest";
import { denseSeries, type FrameSeries, heldRows } from "../src/series.ts";

/** Counts how many values are worked out. */
function counted(rows: number, frames: number): { series: FrameSeries; made: () => number } {
  let made = 0;
  const series: FrameSeries = {
    rows,
    frames,
    read(row, start, end, target, at) {
      made += end - start;
      for (let t = start; t < end; t++) target[at + t - start] = 100 * row + t;
    },
  };
  return { series, made: () => made };
}

test("a row is worked out once, however often and in whatever pieces it is read", () => {
  const { series, made } = counted(3, 5);
  const held = heldRows(series);
  const target = new Float64Array(4).fill(-1);
  held.read(2, 1, 3, target, 1);
  held.read(2, 4, 5, target, 3);
  expect([...target]).toEqual([-1, 201, 202, 204]);
  expect(made()).toBe(5);
});

test("an array, and what is too long to be held, stay as they are", () => {
  const array = denseSeries(new Float64Array(6), 3);
  expect(heldRows(array)).toBe(array);
  const { series } = counted(2 ** 12, 2 ** 10 + 1);
  expect(heldRows(series)).toBe(series);
});

// Verdicts and ranges of the page about real recordings.
import type { Reference } from "@minisim/measures";
import { expect, test } from "vitest";
import { summarize, verdictOf } from "../real/summary.ts";

const reference = (measure: string, value: number): Reference => ({
  measure,
  value,
  recording: "made up",
  source: "made up",
});

test("a row has the reference's range, the mean over seeds and their range", () => {
  const rows = summarize(
    [reference("corner_centre", 0.4), reference("corner_centre", 0.6)],
    [{ corner_centre: 0.5 }, { corner_centre: 0.8 }, {}],
  );
  expect(rows).toEqual([
    {
      measure: "corner_centre",
      reference: { low: 0.4, high: 0.6 },
      ours: { mean: 0.65, low: 0.5, high: 0.8 },
      verdict: "in",
    },
  ]);
});

test("a measure without a value has no row", () => {
  expect(summarize([reference("corner_centre", 0.4)], [{}])).toEqual([]);
});

const at = (value: number) => ({ mean: value, low: value, high: value });

test.each([
  ["corner_centre", 1, "in"],
  ["corner_centre", 2, "in"],
  // A factor of 1.5 beyond the ends of 1 … 2.
  ["corner_centre", 2.99, "near"],
  ["corner_centre", 3.01, "out"],
  ["corner_centre", 0.67, "near"],
  ["corner_centre", 0.66, "out"],
  ["corner_centre", -1, "out"],
] as const)("%s of %d beside 1 … 2 is %s", (measure, value, verdict) => {
  expect(verdictOf(measure, { low: 1, high: 2 }, at(value))).toBe(verdict);
});

test.each([
  // 1 − .9 = .1, and .15 is 1.5 times that.
  [0.851, "near"],
  [0.849, "out"],
  [0.933, "near"],
  [0.934, "out"],
] as const)("a correlation of %d beside .9 is %s", (value, verdict) => {
  expect(verdictOf("raw_local_correlation.50", { low: 0.9, high: 0.9 }, at(value))).toBe(verdict);
});

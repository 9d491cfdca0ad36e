// A movie beside a reference.
import {
  compare,
  measure,
  REFERENCES,
  readReferences,
  type TruthMeasures,
} from "@minisim/measures";
import { expect, test } from "vitest";
import { lively } from "./made-movie.ts";

const measures = await measure(lively([60, 48, 48], { container: "uint8", scale: 1 }), {
  cellRadiusPx: 4,
});

test("every built-in reference is a measure, with its recording and source", () => {
  const rows = compare(measures, REFERENCES);
  expect(rows.length).toBeGreaterThan(20);
  for (const { low, high } of rows) expect(low).toBeLessThanOrEqual(high);
  for (const { recording, source } of REFERENCES) {
    expect(recording).not.toBe("");
    expect(source).not.toBe("");
  }
});

test("the range of several values, and on which side of it the movie lies", () => {
  const { corner_centre } = measures;
  const at = (...factors: number[]) =>
    compare(
      measures,
      factors.map((factor) => ({
        measure: "corner_centre",
        value: factor * corner_centre,
        recording: "",
        source: "",
      })),
    )[0]!;
  expect(at(2, 0.5, 1.5)).toEqual({
    measure: "corner_centre",
    value: corner_centre,
    low: 0.5 * corner_centre,
    high: 2 * corner_centre,
    n: 3,
    verdict: "inside",
  });
  expect(at(2, 3).verdict).toBe("below");
  expect(at(0.5).verdict).toBe("above");
});

test("a measure that this movie has not", () => {
  const reference = readReferences([{ measure: "octave_contrast.32", value: 0.02 }]);
  expect(compare(measures, reference)[0]).toMatchObject({ value: null, verdict: null });
});

test("measures of a truth: left out without one, null where nothing was there to measure", () => {
  const reference = readReferences([
    { measure: "truth.activity.half_decay_s.50", value: 0.3 },
    { measure: "corner_centre", value: 0.5 },
  ]);
  expect(compare(measures, reference)).toHaveLength(1);
  const truth = { activity: { half_decay_s: { n: 0 } } } as unknown as TruthMeasures;
  expect(compare({ ...measures, truth }, reference)[0]).toMatchObject({
    value: null,
    verdict: null,
  });
  const typo = readReferences([{ measure: "truth.activity.half_decay.50", value: 0.3 }]);
  expect(() => compare({ ...measures, truth }, typo)).toThrow(/"truth.activity.half_decay.50"/);
});

test("names with dots", () => {
  const reference = readReferences([{ measure: "mean_frame.power.0.1-1", value: 0.4 }]);
  expect(compare(measures, reference)[0]!.value).toBe(measures.mean_frame.power["0.1-1"]);
});

test("refuses paths that lead to no measure, and what is no reference", () => {
  const wrong = [
    { measure: "corner_center", value: 1 },
    { measure: "levels", value: 1 },
  ];
  expect(() => compare(measures, readReferences(wrong))).toThrow(/"corner_center"[\s\S]*"levels"/);
  expect(() => readReferences({})).toThrow(/list/);
  expect(() => readReferences([])).toThrow(/empty/);
  const parts = [null, { measure: 3, value: 1 }, { measure: "pnr.50", value: "2" }];
  expect(() => readReferences(parts)).toThrow(
    /\[0\]\.measure[\s\S]*\[1\]\.measure[\s\S]*\[2\]\.value/,
  );
});

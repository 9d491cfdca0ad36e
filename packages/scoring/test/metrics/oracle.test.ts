// Scores computed independently with NumPy and SciPy, in float64.
import {
  activitySimilarity,
  detectionScores,
  energyMask,
  fieldPearson,
  footprintMask,
  globalShiftFromTrajectories,
  matchFootprints,
  type SimilarityMetric,
  shiftRmse,
  tracePearson,
} from "@minisim/scoring";
import { describe, expect, test } from "vitest";
import oracle from "./fixtures/metrics.json" with { type: "json" };
import { allSimilarities, images } from "./support.ts";

// Both sides are float64 sums of at most 672 terms, in different orders.
const RELATIVE = 1e-12;
// The oracle's intersections over unions are quotients in float32: half a unit in its 24th bit.
const FLOAT32 = 2 ** -24;

const estimate = images(oracle.A_est);
const truth = images(oracle.A_true);

function expectClose(actual: number | null, expected: number | null, relative = RELATIVE): void {
  if (actual === null || expected === null) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

describe("footprints", () => {
  test.each(Object.entries(oracle.match))("%s", (key, expected) => {
    const [metric, by] = key.split("|") as [SimilarityMetric, string];
    const shift = by === "auto" ? by : by === "None" ? null : ([-2, 1] as const);
    const match = matchFootprints(estimate, truth, { metric, shift });
    expect(match.shift).toEqual(expected.shift);
    expect(Array.from(match.estimate, (i, k) => [i, match.truth[k]])).toEqual(expected.pairing);
    const relative = metric === "iou" ? FLOAT32 : RELATIVE;
    const similarities = allSimilarities(estimate, truth, { metric, shift: match.shift });
    expected.similarity.forEach((row, i) => {
      row.forEach((value, j) => {
        expectClose(similarities[i]![j]!, value, relative);
      });
    });
    const scores = detectionScores(match);
    expectClose(scores.recall!, expected.recall);
    expectClose(scores.precision!, expected.precision);
    expectClose(scores.meanSimilarity!, expected.mean_similarity, relative);
  });

  test("masks by light and by peak", () => {
    const each = oracle.A_true.map((_, i) => i);
    expect(each.map((i) => energyMask(truth, i).pixels.length)).toEqual(
      oracle.energy_mask_area_0p9,
    );
    expect(each.map((i) => footprintMask(truth, i).pixels.length)).toEqual(
      oracle.roi_mask_area_0p18,
    );
  });
});

describe("traces, fields and shifts", () => {
  test.each(oracle.pairing.map((pair, k) => [k, ...pair] as [number, number, number]))(
    "pair %i: estimate %i, truth %i",
    (k, i, j) => {
      expectClose(tracePearson(oracle.C_est[i]!, oracle.C_true[j]!), oracle.trace_pearson[k]!);
      const activity = activitySimilarity(oracle.S_est[i]!, oracle.S_true[j]!);
      expectClose(activity.correlation, oracle.activity.correlation[k]!);
      expectClose(activity.scale, oracle.activity.scale[k]!);
      expectClose(activity.varianceExplained, oracle.activity.variance_explained[k]!);
    },
  );

  test("fields", () => {
    const [a, b] = [oracle.A_true[0]!.flat(), oracle.A_true[1]!.flat()];
    expectClose(fieldPearson(a, b), oracle.field_pearson);
  });

  test("trajectories: the estimate is a correction with an offset", () => {
    const [a, b] = [oracle.shifts_est.flat(), oracle.shifts_true.flat()];
    const correction = true;
    expectClose(shiftRmse(a, b), oracle.shift_rmse_raw);
    expectClose(shiftRmse(a, b, { correction }), oracle.shift_rmse_correction);
    expectClose(shiftRmse(a, b, { correction, align: true }), oracle.shift_rmse_aligned);
    expect(globalShiftFromTrajectories(a, b, { correction })).toEqual(oracle.global_shift);
  });
});

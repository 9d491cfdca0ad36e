// What a score says of traces that hold other cells' light, or move together.
import { nd } from "@minisim/recording";
import { roiMean, score } from "@minisim/scoring";
import type { GroundTruth } from "minisim";
import { describe, expect, test } from "vitest";
import { bright, crowded, truthAsEstimate } from "./support.ts";

/** The truth as an estimate, with other traces. */
function withTraces(truth: GroundTruth, trace: (cell: number, t: number) => number) {
  const [units, frames] = truth.C.shape as [number, number];
  const data = Float64Array.from({ length: units * frames }, (_, k) =>
    trace(Math.floor(k / frames), k % frames),
  );
  return { ...truthAsEstimate(truth), C: nd(data, [units, frames]) };
}
const calcium = (truth: GroundTruth, cell: number, t: number) =>
  truth.C.data[cell * truth.n_frames + t]!;

describe("transients", () => {
  test("of the truth are its own, whoever shines beside", async () => {
    for (const recording of [await bright(), await crowded()]) {
      const truth = recording.ground_truth;
      const report = score(truthAsEstimate(truth), truth, { restrict_to_detectable: false });
      expect(report.n_transients).toBeGreaterThan(report.n_est);
      expect(report.n_nobodys).toBe(0);
      for (const { cell, attribution, n_transients, n_misattributed } of report.estimates) {
        if (n_transients === 0) continue;
        expect(attribution[0]!.cell).toBe(cell);
        // A cell that bursts in the same frames is brighter at times, where cells lie on one another.
        expect(n_misattributed! / n_transients!).toBeLessThanOrEqual(0.5);
      }
    }
  });

  test("that leak in from another cell are told from whom", async () => {
    const truth = (await bright()).ground_truth;
    const [, frames] = truth.C.shape as [number, number];
    const [height, width] = truth.fov_shape;
    // Footprint 0 holds cell 0 and, as bright, cell 5, and so does its trace.
    const { footprints } = truthAsEstimate(truth);
    const dense = footprints.toDense();
    const size = height * width;
    for (let p = 0; p < size; p++) dense[p]! += dense[5 * size + p]!;
    const mixed = withTraces(truth, (cell, t) =>
      cell === 0 ? calcium(truth, 0, t) + calcium(truth, 5, t) : calcium(truth, cell, t),
    );
    const shape = [truth.n_units, height, width];
    const report = score({ ...mixed, footprints: { shape, data: dense } }, truth);
    const [row] = report.estimates;
    expect(row!.attribution.map(({ cell }) => cell).sort()).toEqual([0, 5]);
    // No third cell has a hundredth of the light.
    expect(row!.attribution.reduce((sum, { share }) => sum + share, 0)).toBeGreaterThan(0.99);
    const counted = row!.attribution.reduce((sum, { n_transients }) => sum + n_transients, 0);
    expect(counted + row!.n_nobodys!).toBe(row!.n_transients);
    expect(frames).toBe(truth.n_frames);
    // The others are pure.
    for (const other of report.estimates.slice(1)) {
      expect(other).toMatchObject({ n_misattributed: 0, misattributed_fraction: 0 });
      expect(other.attribution[0]!.share).toBeGreaterThan(0.9);
    }
  });

  test("in traces that were given to the wrong footprints are hardly their own", async () => {
    const truth = (await bright()).ground_truth;
    const { n_units } = truth;
    const shuffled = withTraces(truth, (cell, t) => calcium(truth, (cell + 1) % n_units, t));
    const report = score(shuffled, truth);
    expect(report.n_matched).toBe(n_units);
    // The light under each footprint is its cell's alone, which rises in others' transients by chance only.
    expect(report.misattributed_fraction!).toBeGreaterThan(0.3);
    expect(report.n_nobodys).toBe(report.n_misattributed);
    for (const { cell, attribution } of report.estimates) {
      const others = attribution.filter((one) => one.cell !== cell);
      expect(others.every((one) => one.n_transients === 0)).toBe(true);
    }
  });

  test("of a footprint without cells are nobody's, and an estimate without C has none", async () => {
    const truth = (await bright()).ground_truth;
    const { footprints, C } = truthAsEstimate(truth);
    const report = score({ footprints }, truth);
    expect(report).toMatchObject({ n_transients: null, misattributed_fraction: null });
    expect(report.estimates[0]!.attribution).toEqual([]);
    // Shapes in a corner that no cell reaches.
    const [height, width] = truth.fov_shape;
    const data = new Float32Array(truth.n_units * height * width);
    for (let i = 0; i < truth.n_units; i++) data[i * height * width] = 1;
    const lit = footprints.toDense().some((weight, p) => p % (height * width) === 0 && weight > 0);
    expect(lit).toBe(false);
    const shape = [truth.n_units, height, width];
    const nobody = score({ footprints: { shape, data }, C: C! }, truth, { footprint_shift: null });
    for (const row of nobody.estimates) {
      expect(row.n_nobodys).toBe(row.n_transients);
      expect(row.n_misattributed).toBeNull();
    }
    expect(nobody.n_transients).toBeNull();
  });

  test("of plain means over a crowd are more often another's than those of its truth", async () => {
    const recording = await crowded();
    const truth = recording.ground_truth;
    const options = { restrict_to_detectable: false };
    const means = score(await roiMean(recording), truth, options);
    const pure = score(truthAsEstimate(truth), truth, options);
    expect(means.misattributed_fraction!).toBeGreaterThan(pure.misattributed_fraction!);
  });
});

describe("correlations between cells", () => {
  test("of the truth are the truth's", async () => {
    const truth = (await bright()).ground_truth;
    const { pairwise_correlation: of } = score(truthAsEstimate(truth), truth);
    expect(of).toMatchObject({ n_cells: 12, n_pairs: 66, bias: 0 });
    expect(of.estimated_spread).toEqual(of.true_spread);
    expect(of.corr).toBeCloseTo(1, 12);
    expect(of.rank_corr).toBeCloseTo(1, 12);
  });

  test("grow with light that all cells share", async () => {
    const truth = (await bright()).ground_truth;
    const { n_frames, n_units } = truth;
    const mean = Float64Array.from({ length: n_frames }, (_, t) => {
      let sum = 0;
      for (let i = 0; i < n_units; i++) sum += calcium(truth, i, t);
      return sum / n_units;
    });
    const bias = (leak: number) => {
      const estimate = withTraces(truth, (cell, t) => calcium(truth, cell, t) + leak * mean[t]!);
      return score(estimate, truth).pairwise_correlation.bias!;
    };
    expect(bias(0)).toBe(0);
    expect(bias(1)).toBeGreaterThan(0.02);
    expect(bias(4)).toBeGreaterThan(bias(1));
    // Nothing but what they share: all correlations are 1.
    const same = score(
      withTraces(truth, (_, t) => mean[t]!),
      truth,
    ).pairwise_correlation;
    expect(same.estimated_spread![0]).toBeCloseTo(1, 12);
    expect(same.bias).toBeCloseTo(1 - meanOfTrue(truth), 10);
  });

  test("need two cells with traces", async () => {
    const truth = (await bright()).ground_truth;
    const none = { n_cells: 0, n_pairs: 0, true_spread: null, estimated_spread: null };
    const { footprints } = truthAsEstimate(truth);
    expect(score({ footprints }, truth).pairwise_correlation).toEqual({
      ...none,
      ...{ bias: null, corr: null, rank_corr: null },
    });
  });
});

/** The mean correlation of two cells, from their definition. */
function meanOfTrue(truth: GroundTruth): number {
  const { n_frames, n_units } = truth;
  const traces = Array.from({ length: n_units }, (_, i) =>
    Array.from({ length: n_frames }, (_, t) => calcium(truth, i, t)),
  );
  const centred = traces.map((trace) => {
    const mean = trace.reduce((sum, value) => sum + value, 0) / n_frames;
    return trace.map((value) => value - mean);
  });
  const product = (a: number[], b: number[]) => a.reduce((sum, value, t) => sum + value * b[t]!, 0);
  let [sum, count] = [0, 0];
  for (let i = 0; i < n_units; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [centred[i]!, centred[j]!];
      sum += product(a, b) / Math.sqrt(product(a, a) * product(b, b));
      count += 1;
    }
  }
  return sum / count;
}

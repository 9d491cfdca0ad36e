// Intervals between the transients of a cell are as irregular as in real recordings, by the definition of the same measure.
import { preset, Spec, simulate } from "minisim";
import { expect, test } from "vitest";
import { eventsOf } from "../../packages/measures/src/truth/events.ts";

/** Coefficient of variation of the intervals of each cell with more than five, as the references have it; fps is that of the reference. */
async function intervalCvs(name: string, fps: number, seed: number): Promise<number[]> {
  const spec = Spec.vary(preset(name, { duration_s: 300, fps, seed })!, {
    "acquisition.image_sensor.n_px_height": 200,
    "acquisition.image_sensor.n_px_width": 200,
    "steps.brain_motion": null,
  });
  const { ground_truth } = await simulate(spec, { until: "cell_activity" });
  const { data, shape } = ground_truth.C;
  const [units, frames] = shape as [number, number];
  const peaksOf = eventsOf(frames, fps);
  return Array.from({ length: units }, (_, unit) => {
    const { peaks } = peaksOf(data.subarray(unit * frames, (unit + 1) * frames));
    return peaks.slice(1).map((peak, i) => peak - peaks[i]!);
  })
    .filter((intervals) => intervals.length > 5)
    .map(cvOf);
}

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

function cvOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) / mean;
}

const medianOf = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

test.each([
  // 24 cells of Inscopix movies, picked for figures (CNMF-E, eLife 2018;7:e28728): median 0.825, quartiles 0.767 and 0.864.
  { name: "miniscope_v4/striatum", fps: 10, low: 0.825, high: 0.825, spread: 0.072, cells: 24 },
  // Cells of UCLA Miniscopes: nine of a maze (miniscope/placecell), median 1.039, quartiles 0.824 and 1.304; one of a linear track, 0.73, one of an open field, 1.03
  // (etterguillaume/CaImDecoding).
  { name: "miniscope_v4/ca1", fps: 20, low: 0.73, high: 1.039, spread: 0.356, cells: 9 },
])("in $name", async ({ name, fps, low, high, spread, cells }) => {
  const ours = (await Promise.all([1, 2].map((seed) => intervalCvs(name, fps, seed)))).flat();
  expect(ours.length).toBeGreaterThan(100);
  // The standard error of a median is 1.25 times that of a mean.
  const error =
    1.25 *
    Math.hypot(spread / Math.sqrt(cells), (cvOf(ours) * meanOf(ours)) / Math.sqrt(ours.length));
  expect(medianOf(ours)).toBeGreaterThan(low - 3 * error);
  expect(medianOf(ours)).toBeLessThan(high + 3 * error);
});

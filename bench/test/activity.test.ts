// Cells of the presets fire, and their light rises and falls, as in real recordings.
import { measureTruth, REFERENCES, type TruthMeasures } from "@minisim/measures";
import { preset, Spec, simulate } from "minisim";
import { expect, test } from "vitest";

/** A corner of the field, five minutes, at rest: a hundred cells without a single frame. */
async function activityOf(name: string, fps: number, seed: number) {
  const spec = Spec.vary(preset(name, { duration_s: 300, fps, seed })!, {
    "acquisition.image_sensor.n_px_height": 200,
    "acquisition.image_sensor.n_px_width": 200,
    "steps.brain_motion": null,
  });
  const { ground_truth } = await simulate(spec, { until: "cell_activity" });
  const { activity } = measureTruth(ground_truth, { fps, pixel_size_um: 1.65 });
  return activity!;
}

type Activity = NonNullable<TruthMeasures["activity"]>;

/** The references of a measure in recordings whose description has these words. */
function rangeOf(measure: string, words: RegExp): readonly [number, number] {
  const found = REFERENCES.filter(
    (one) => one.measure === `truth.activity.${measure}` && words.test(one.recording),
  ).map(({ value }) => value);
  expect(found.length).toBeGreaterThan(0);
  return [Math.min(...found), Math.max(...found)];
}

test("in CA1, in the ranges of deconvolved recordings and of single cells", async () => {
  const seeds: Activity[] = [];
  for (const seed of [1, 2, 3]) seeds.push(await activityOf("miniscope_v4/ca1", 20, seed));
  const near = (
    measure: string,
    words: RegExp,
    sd: number,
    of: (one: Activity) => number | null | undefined,
  ) => {
    const ours = seeds.reduce((sum, one) => sum + of(one)!, 0) / seeds.length;
    const [low, high] = rangeOf(measure, words);
    // Three standard errors of the mean of three seeds; sd of one seed, a hundred cells, as three of them differed.
    const spread = (3 * sd) / Math.sqrt(seeds.length);
    expect(ours, measure).toBeGreaterThan(low - spread);
    expect(ours, measure).toBeLessThan(high + spread);
  };
  const hippocampus = /CA1|CA3/;
  near("active_frames_per_min.50", hippocampus, 0.9, (one) => one.active_frames_per_min[50]);
  near("log10_rate_sd", hippocampus, 0.025, (one) => one.log10_rate_sd);
  near("spike_correlation_1s.95", hippocampus, 0.006, (one) => one.spike_correlation_1s[95]);
  near("events_per_min.50", /CA1/, 0.45, (one) => one.events_per_min[50]);
  // A frame is 0.05 s, and medians are whole frames.
  near("half_decay_s.50", /CA1/, 0.03, (one) => one.half_decay_s[50]);
});

test.each([
  ["miniscope_v4/ca1", 20],
  ["miniscope_v4/cortex_l23", 20],
  ["miniscope_v4/striatum", 10],
])(
  "in %s, with peaks below the ceiling of GCaMP6f and silent cells among them",
  async (name, fps) => {
    const { peak_dff, silent_share, half_decay_s, trace_correlation } = await activityOf(
      name,
      fps,
      1,
    );
    expect(peak_dff[99]).toBeLessThan(20.5);
    expect(peak_dff[50]).toBeLessThan(5);
    expect(silent_share).toBeGreaterThan(0.1);
    expect(silent_share).toBeLessThan(0.5);
    expect(half_decay_s[50]).toBeLessThanOrEqual(0.4);
    // Of 24 cells in striatum, 95 % of the pairs correlated by less than 0.1; some correlate, and most do not.
    expect(trace_correlation[95]).toBeGreaterThan(0.03);
    expect(trace_correlation[95]).toBeLessThan(0.13);
  },
);

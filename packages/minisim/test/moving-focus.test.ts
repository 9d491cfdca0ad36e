// A focus that moves: what the movie shows, what the truth says of it, and what stays as it is.
import { defineStep, denseSeries, facts } from "@minisim/pipeline";
import type { Recorded } from "@minisim/recording";
import {
  builtinSteps,
  createSimulator,
  groundTruth,
  liveRecording,
  noiselessRecordings,
} from "minisim";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const FRAMES = 12;
/** Somebody else's drift of the focus: at rest in the first half, then 2 µm deeper in every frame. */
const shiftOf = (t: number) => 2 * Math.max(0, t - 5);
const drift = defineStep({
  kind: "acme_z_drift",
  revision: 1,
  domain: "motion",
  summary: "A focus that drifts.",
  sources: [],
  params: z.strictObject({}),
  announce: () =>
    facts.focus_shift_um.of(
      denseSeries(
        Float64Array.from({ length: FRAMES }, (_, t) => shiftOf(t)),
        FRAMES,
      ),
    ),
  compile() {},
});
const simulator = createSimulator({ steps: [...builtinSteps, drift] });

const planOf = (kinds: readonly object[], density_per_mm3 = 20000) =>
  simulator.compile(
    simulator.Spec.parse({
      acquisition: {
        duration_s: FRAMES / 20,
        image_sensor: { n_px_height: 48, n_px_width: 56, pixel_pitch_um: 8 },
        optics: { magnification: 4 },
        tissue: { halo_fraction: 0 },
        focal_depth_in_tissue_um: 50,
      },
      seed: 2,
      steps: [
        { kind: "place_neurons", density_per_mm3, depth_range_um: [20, 80], min_distance_um: 5 },
        // All of them fire within half a second.
        { kind: "cell_activity", rate_hz: 10, silent_fraction: 0 },
        { kind: "optics" },
        { kind: "composite" },
        ...kinds,
        { kind: "sensor", photons_per_um2_s: 3000 },
      ],
    }),
  );
const DRIFT = { kind: "acme_z_drift" };

async function framesOf(recorded: Recorded, stage?: string): Promise<Float64Array> {
  const all: number[] = [];
  for await (const { data } of recorded.frames(undefined, stage)) for (const x of data) all.push(x);
  return Float64Array.from(all);
}
const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b));
const PIXELS = 48 * 56;

describe("the movie", () => {
  test("at rest is that of a focus that never moves, bit by bit, and else it is another", async () => {
    const still = await framesOf(liveRecording(planOf([])), "composite");
    const moved = await framesOf(liveRecording(planOf([DRIFT])), "composite");
    const rest = 6 * PIXELS;
    expect(moved.subarray(0, rest)).toEqual(still.subarray(0, rest));
    expect(moved.subarray(11 * PIXELS)).not.toEqual(still.subarray(11 * PIXELS));
  });

  test("at a shift is that of a focus which lies there, within the mixture of two blurs", async () => {
    const moved = await framesOf(liveRecording(planOf([DRIFT])), "composite");
    const there = { "acquisition.focal_depth_in_tissue_um": 50 + shiftOf(FRAMES - 1) };
    const plan = simulator.compile(simulator.Spec.vary(planOf([]).spec, there));
    const exact = (await framesOf(liveRecording(plan), "composite")).subarray(11 * PIXELS);
    const last = moved.subarray(11 * PIXELS);
    const off = last.map((value, i) => Math.abs(value - exact[i]!));
    // A peak between rungs is at most 0.53 % too high; blurs that are cut off at 4 σ add 0.03 %.
    expect(largest(off)).toBeLessThan(0.0056 * largest(exact));
  });
});

test("the cells' part is all light of the same recording without background", async () => {
  const alone = await framesOf(noiselessRecordings(planOf([DRIFT])).light);
  const { cells, light } = noiselessRecordings(planOf([{ kind: "neuropil" }, DRIFT]));
  const part = await framesOf(cells);
  const whole = await framesOf(light);
  const most = largest(part);
  expect(most).toBeGreaterThan(1);
  // Frames are float32.
  expect(alone.every((value, i) => Math.abs(value - part[i]!) <= 1e-6 * most)).toBe(true);
  expect(part.every((value, i) => value <= whole[i]!)).toBe(true);
});

test("a cell is no background of itself, wherever the focus is", () => {
  // One cell: nothing else shines on it.
  const still = groundTruth(planOf([], 2000));
  const moved = groundTruth(planOf([DRIFT], 2000));
  expect(moved.n_units).toBe(1);
  expect(moved.observed_sigma_px?.data).toEqual(still.observed_sigma_px?.data);
  const alone = (truth: typeof still) => [...truth.detection_snr.data];
  for (const [unit, snr] of alone(still).entries()) {
    expect(snr).toBeGreaterThan(0);
    // Sums of float32 footprints; what is left of them is not quite 0.
    expect(Math.abs(alone(moved)[unit]! / snr - 1)).toBeLessThan(1e-4);
  }
});

test("axial motion draws nothing that anybody else draws", () => {
  const motion = { kind: "brain_motion", rest_s: 2, max_shift_um: 6, motion_amplitude_um: 3 };
  const flat = groundTruth(planOf([motion]));
  const deep = groundTruth(planOf([{ ...motion, axial_motion_um: 3 }]));
  const changed = [...deep.fields.keys()].filter((name) => {
    const before = flat.fields.get(name);
    return !before || !sameValues(before.array.data, deep.fields.get(name)!.array.data);
  });
  // The light around a cell is another, so its noise is.
  expect(changed.sort()).toEqual([
    "axial_shift_um",
    "detection_snr",
    "overlap_cost",
    "predicted_trace_corr",
    "spike_dprime",
    "transient_dprime",
  ]);
});

const sameValues = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));

// The expected movies behind a recording: all light, and that of the cells.
import type { Recorded } from "@minisim/recording";
import { noiseSigmaE } from "@minisim/sensor";
import { facts, liveRecording, noiselessRecordings } from "minisim";
import { expect, test } from "vitest";
import { builtin } from "../src/builtin.ts";

const BACKGROUND = [{ kind: "neuropil" }, { kind: "leakage" }];

/** All that changes light on its way, between cells and a 12-bit sensor whose pixels differ. */
const planOf = (background: readonly object[]) =>
  builtin.compile(
    builtin.Spec.parse({
      acquisition: {
        duration_s: 3,
        image_sensor: {
          n_px_height: 64,
          n_px_width: 48,
          pixel_pitch_um: 8,
          adc_bits: 12,
          bit_depth: 12,
        },
        optics: { magnification: 4 },
      },
      seed: 2,
      steps: [
        { kind: "place_neurons", density_per_mm3: 20000, depth_range_um: [20, 80] },
        { kind: "cell_activity" },
        { kind: "optics" },
        { kind: "composite" },
        ...background,
        { kind: "vasculature" },
        { kind: "brain_motion", max_shift_um: 4, motion_amplitude_um: 2 },
        { kind: "illumination_profile" },
        { kind: "vignette" },
        { kind: "bleaching" },
        { kind: "sensor", photons_per_um2_s: 3000 },
      ],
    }),
  );

async function framesOf(recorded: Recorded, stage?: string): Promise<Float64Array> {
  const all: number[] = [];
  for await (const { data } of recorded.frames(undefined, stage)) for (const x of data) all.push(x);
  return Float64Array.from(all);
}

const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b));

const plan = planOf(BACKGROUND);
const { light, cells } = noiselessRecordings(plan);

test("what the observed movie has over the light is the noise of the sensor", async () => {
  const observed = await framesOf(liveRecording(plan));
  const expected = await framesOf(light);
  const exposure = plan.scene.get(facts.exposure)!;
  const { counts_per_e, black_counts, dark_e } = exposure;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < observed.length; i++) {
    const sd = counts_per_e * noiseSigmaE(expected[i]! / counts_per_e, exposure);
    // Rounding down takes half a count on average.
    const rest = observed[i]! - expected[i]! - black_counts - counts_per_e * dark_e + 0.5;
    sum += rest / sd;
    squares += (rest / sd) ** 2;
  }
  // 184 320 values of mean 0 and variance 1: 4 of 1 / √n, and of √(2 / n).
  const n = observed.length;
  expect(largest(observed)).toBeLessThan(exposure.max_count);
  expect(Math.abs(sum / n)).toBeLessThan(4 / Math.sqrt(n));
  expect(Math.abs(squares / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
});

test("the cells' part is all light of the same recording without background", async () => {
  const alone = await framesOf(noiselessRecordings(planOf([])).light);
  const part = await framesOf(cells);
  const whole = await framesOf(light);
  // Frames are float32.
  const most = largest(part);
  expect(most).toBeGreaterThan(1);
  expect(alone.every((value, i) => Math.abs(value - part[i]!) <= 1e-6 * most)).toBe(true);
  expect(part.every((value, i) => value <= whole[i]!)).toBe(true);
});

test("before the sensor the light is the stage's own", async () => {
  expect(await framesOf(light, "vignette")).toEqual(
    await framesOf(liveRecording(plan), "vignette"),
  );
});

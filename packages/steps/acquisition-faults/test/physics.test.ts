// What goes wrong how often, what the log says of it, and frames that are what the log says.
import { accumulate, defineStep } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import type { StepInputOf } from "@minisim/spec";
import { acquisitionFaults } from "@minisim/step-acquisition-faults";
import { sensor } from "@minisim/step-sensor";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const [HEIGHT, WIDTH] = [24, 20];
const PIXELS = HEIGHT * WIDTH;
const FPS = 20;
/** Light that grows from frame to frame. */
const light = defineStep({
  kind: "light",
  revision: 1,
  domain: "tissue",
  summary: "Light for a test.",
  sources: [],
  params: z.strictObject({}),
  compile({ geometry: { canvas, n_frames } }) {
    const data = new Float64Array(canvas.height * canvas.width).fill(1);
    const per_frame = [Float64Array.from({ length: n_frames }, (_, t) => 5 + (t % 50))];
    return { frames: accumulate({ ...canvas, count: 1, data }, { per_frame }) };
  },
});
const { compile, simulate } = createSimulator({ steps: [light, sensor, acquisitionFaults] });

type Faults = Omit<StepInputOf<readonly [typeof acquisitionFaults]>, "kind">;
const NONE = { lost_rate: 0, torn_rate: 0, striped_rate: 0, timestamp_jitter_s: 0 } as const;
const specOf = (faults: Faults | null, duration_s: number) => ({
  acquisition: {
    fps: FPS,
    duration_s,
    image_sensor: { n_px_height: HEIGHT, n_px_width: WIDTH, read_noise_e: 2 },
  },
  seed: 3,
  steps: [
    { kind: "light" as const },
    { kind: "sensor" as const, photons_per_um2_s: 300 },
    ...(faults ? [{ kind: "acquisition_faults" as const, ...NONE, ...faults }] : []),
  ],
});
const logOf = (faults: Faults, duration_s = 1000) => {
  const { truth } = compile(specOf(faults, duration_s));
  return (name: string) => truth.get(name)!.data;
};
const shareOf = (values: Float64Array, holds: (value: number, t: number) => boolean) =>
  values.filter(holds).length / values.length;
/** Five standard errors of a share p of n independent frames. */
const spread = (p: number, n: number) => 5 * Math.sqrt((p * (1 - p)) / n);
const N = 1000 * FPS;

describe("the log", () => {
  test.each<[keyof Faults, number]>([
    ["torn_rate", 4],
    ["striped_rate", 8],
    ["duplicated_rate", 2],
  ])("has as many frames as %s says", (rate, code) => {
    const fault = logOf({ [rate]: 0.05 })("acquisition_fault");
    expect(Math.abs(shareOf(fault, (value) => value === code) - 0.05)).toBeLessThan(
      spread(0.05, N),
    );
    expect(shareOf(fault, (value) => value !== code && value !== 0)).toBe(0);
  });

  test("has lost frames in runs of the mean length", () => {
    const fault = logOf({ lost_rate: 0.01, lost_run_frames: 4 })("acquisition_fault");
    const runs = fault.filter((value, t) => value === 1 && fault[t - 1] !== 1).length;
    const lost = fault.filter((value) => value === 1).length;
    // A run that ends may begin again at once: with 1 / 4 · 0.99 of ending, the mean length is 4.04.
    const length = 1 / (0.25 * 0.99);
    // A geometric length has a standard deviation of at most its mean.
    expect(Math.abs(lost / runs - length)).toBeLessThan((5 * length) / Math.sqrt(runs));
    expect(runs).toBeGreaterThan(100);
  });

  test("has a lost frame show the last one that came, or nothing", () => {
    const repeated = logOf({ lost_rate: 0.1 });
    const [fault, source] = [repeated("acquisition_fault"), repeated("source_frame")];
    for (const [t, code] of fault.entries()) {
      expect(source[t]).toBe(code === 1 ? source[t - 1] : t);
    }
    const black = logOf({ lost_rate: 0.1, lost_fill: "black" });
    expect(black("acquisition_fault")).toEqual(fault);
    expect(black("source_frame")).toEqual(fault.map((code, t) => (code === 1 ? -1 : t)));
  });

  test("has frames after a duplicate one frame later, and none missing", () => {
    const log = logOf({ duplicated_rate: 0.02 });
    const [fault, source] = [log("acquisition_fault"), log("source_frame")];
    for (let t = 1; t < N; t++) expect(source[t]! - source[t - 1]!).toBe(fault[t] === 2 ? 0 : 1);
  });

  test("has tears at any row but the first, with the frame before below", () => {
    const log = logOf({ torn_rate: 0.3 });
    const [fault, row, below] = ["acquisition_fault", "torn_row", "torn_source_frame"].map(log);
    const rows = new Set<number>();
    for (const [t, code] of fault!.entries()) {
      expect(below![t]).toBe(code === 4 ? t - 1 : t);
      if (code === 4) rows.add(row![t]!);
      else expect(row![t]).toBe(HEIGHT);
    }
    // 6000 tears leave no row out.
    expect([...rows].sort((a, b) => a - b)).toEqual(
      Array.from({ length: HEIGHT - 1 }, (_, i) => i + 1),
    );
  });

  test("has timestamps that are late by the mean delay, and never go back", () => {
    const stamps = logOf({ timestamp_jitter_s: 0.004 })("timestamps_s");
    const late = stamps.map((stamp, t) => stamp - (t + 1) / FPS);
    const mean = late.reduce((sum, value) => sum + value, 0) / N;
    // Exponential: the standard deviation is the mean. A stamp waits for the one ahead of it with a probability of e^−12, which is nothing.
    expect(Math.abs(mean - 0.004)).toBeLessThan((5 * 0.004) / Math.sqrt(N));
    expect(stamps.every((stamp, t) => t === 0 || stamp >= stamps[t - 1]!)).toBe(true);
    const wild = logOf({ timestamp_jitter_s: 0.5 })("timestamps_s");
    expect(wild.every((stamp, t) => t === 0 || stamp >= wild[t - 1]!)).toBe(true);
    expect(logOf({})("timestamps_s")[19]).toBe(1);
  });

  test("of one fault stays where others are turned on", () => {
    const alone = logOf({ torn_rate: 0.05 }, 50);
    const all = logOf(
      { torn_rate: 0.05, striped_rate: 0.2, timestamp_jitter_s: 0.1, stripe_amplitude: 0.3 },
      50,
    );
    for (const name of ["source_frame", "torn_row", "torn_source_frame"]) {
      expect(all(name)).toEqual(alone(name));
    }
    expect(logOf({ torn_rate: 0.05 }, 25)("torn_row")).toEqual(
      alone("torn_row").subarray(0, 25 * FPS),
    );
  });
});

test("frames are those of the truth that the log names, to the byte, with tears and stripes", async () => {
  const faults = {
    lost_rate: 0.1,
    duplicated_rate: 0.03,
    torn_rate: 0.2,
    striped_rate: 0.2,
    stripe_amplitude: 0.2,
    stripe_period_px: 7,
  };
  const seconds = 6;
  const whole = (await simulate(specOf(null, seconds))).observed.data;
  const { observed, ground_truth } = await simulate(specOf(faults, seconds));
  const truth = (name: string) => ground_truth.get(name)!.data;
  const [source, below, tear] = ["source_frame", "torn_source_frame", "torn_row"].map(truth);
  const [amplitude, phase] = [truth("stripe_amplitude"), truth("stripe_phase")];
  const seen = new Set(truth("acquisition_fault"));
  for (const code of [0, 1, 2, 4, 8, 12]) expect(seen).toContain(code);
  for (let t = 0; t < seconds * FPS; t++) {
    const frame = Array.from({ length: PIXELS }, (_, i) => {
      const from = Math.floor(i / WIDTH) < tear![t]! ? source![t]! : below![t]!;
      return whole[from * PIXELS + i]!;
    });
    const mean = frame.reduce((sum, value) => sum + value, 0) / PIXELS;
    const expected = frame.map((value, i) => {
      const wave = Math.sin(2 * Math.PI * (Math.floor(i / WIDTH) / 7 + phase[t]!));
      return Math.min(Math.max(Math.round(value + amplitude[t]! * mean * wave), 0), 255);
    });
    expect([...observed.data.subarray(t * PIXELS, (t + 1) * PIXELS)]).toEqual(
      amplitude[t] === 0 ? frame : expected,
    );
  }
});

test("the movie before the faults is the movie without them", async () => {
  const before = await simulate(specOf({ lost_rate: 0.2, torn_rate: 0.2 }, 2), { until: "sensor" });
  const without = await simulate(specOf(null, 2));
  expect(before.observed.data).toEqual(without.observed.data);
});

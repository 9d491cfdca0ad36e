// Steps of somebody else among the built-in ones: light that flickers, and a fact, a slot and a series that only strangers know.
import {
  accumulate,
  defineStep,
  denseSeries,
  fact,
  facts,
  modulate,
  observedFootprints,
  slot,
  slots,
} from "@minisim/pipeline";
import { builtinSteps, createSimulator, groundTruth } from "minisim";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const base = { revision: 1, sources: [], params: z.strictObject({}) } as const;

/** The lamp's power sags over the session and drops out in every fourth frame. */
const flicker = defineStep({
  ...base,
  kind: "led_flicker",
  domain: "sensor",
  summary: "A lamp that sags and drops out.",
  truth: { led_power: { dims: ["frame"], unit: "1", description: "Relative power of the lamp." } },
  announce: ({ geometry: { n_frames } }) =>
    facts.excitation.of(denseSeries(powerOf(n_frames), n_frames)),
  compile({ geometry: { n_frames, fov } }) {
    const power = powerOf(n_frames);
    const even = new Float64Array(fov.height * fov.width).fill(1);
    return { truth: { led_power: power }, frames: modulate(even, power) };
  },
});
const powerOf = (n_frames: number) =>
  Float64Array.from({ length: n_frames }, (_, t) => (t % 4 === 3 ? 0 : 1 - (0.5 * t) / n_frames));

const perfusion = fact<number>("acme_perfusion", { neutral: 1, merge: (a, b) => a * b });
const dye = slot<ReturnType<typeof denseSeries>>("acme_dye", { columnOf: slots.cells });

/** A second, slow dye in every cell, as fast as others let it flow. */
const loading = defineStep({
  ...base,
  kind: "acme_loading",
  domain: "cell",
  after: ["place_neurons"],
  summary: "Cells take up a second dye.",
  truth: { acme_dye: { dims: ["unit", "frame"], unit: "1", description: "Dye in the cell." } },
  compile({ scene, geometry: { n_frames } }) {
    const { count } = scene.get(slots.cells);
    const rate = scene.get(perfusion) / n_frames;
    const uptake = {
      rows: count,
      frames: n_frames,
      read(row: number, start: number, end: number, target: Float64Array, at: number) {
        for (let t = start; t < end; t++) target[at + t - start] = rate * t * (1 + row / count);
      },
    };
    return { put: dye.of(uptake), truth: { acme_dye: uptake } };
  },
});

const glowing = defineStep({
  ...base,
  kind: "acme_glow",
  domain: "tissue",
  after: ["composite"],
  summary: "The light of the second dye.",
  compile({ scene }) {
    const uptake = scene.get(dye);
    if (!uptake) return;
    return { frames: accumulate(observedFootprints(scene), { per_frame: [uptake], scale: 0.5 }) };
  },
});

const pump = defineStep({
  ...base,
  kind: "acme_pump",
  domain: "sensor",
  summary: "Pumps twice as fast.",
  announce: () => perfusion.of(2),
  compile() {},
});

const strangers = [flicker, loading, glowing, pump];
const simulator = createSimulator({ steps: [...builtinSteps, ...strangers] });
const specOf = (...kinds: string[]) =>
  simulator.Spec.parse({
    acquisition: {
      duration_s: 4,
      optics: { magnification: 4 },
      image_sensor: { n_px_height: 96, n_px_width: 96 },
      focal_depth_in_tissue_um: 60,
    },
    seed: 3,
    steps: [
      { kind: "place_neurons", depth_range_um: [20, 100] as const },
      { kind: "cell_activity" },
      { kind: "bleaching", bleach_susceptibility: 0.02 },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "sensor", photons_per_um2_s: 1778 },
      ...kinds.map((kind) => ({ kind })),
    ],
  });
const truthOf = (...kinds: string[]) => groundTruth(simulator.compile(specOf(...kinds)));

describe("a lamp that flickers", () => {
  const steady = truthOf();
  const truth = truthOf("led_flicker");
  const power = truth.get(flicker.truth.led_power)!.data;
  const n_frames = power.length;

  test("leaves its course as truth, and cells and spikes as they were", () => {
    expect(power).toEqual(powerOf(80));
    expect(truth.C.data).toEqual(steady.C.data);
    expect(truth.S.data).toEqual(steady.S.data);
  });

  test("bleaches by the light that there is: not at all in the dark", () => {
    const pool = truth.bleaching!.data;
    const full = steady.bleaching!.data;
    expect(truth.n_units).toBeGreaterThan(5);
    for (let unit = 0; unit < truth.n_units; unit++) {
      const row = pool.subarray(unit * n_frames, (unit + 1) * n_frames);
      // Turnover takes hours; over the 79 frames what is lost is less than under the full lamp, and none while it is off.
      expect(row[79]).toBeGreaterThan(full[unit * n_frames + 79]!);
      for (let t = 3; t < 79; t += 4) expect(row[t + 1]).toBeGreaterThanOrEqual(row[t]!);
    }
  });

  test("lowers the detection SNR of every cell as a steady lamp of its mean power does", () => {
    const mean = power.reduce((sum, value) => sum + value, 0) / power.length;
    const dimmed: typeof flicker = {
      ...flicker,
      announce: () => facts.excitation.of(mean),
      compile: ({ geometry: { n_frames, fov } }) => ({
        frames: modulate(new Float64Array(fov.height * fov.width).fill(mean)),
        truth: { led_power: new Float64Array(n_frames).fill(mean) },
      }),
    };
    const { compile } = createSimulator({ steps: [...builtinSteps, dimmed] });
    const even = groundTruth(compile(specOf("led_flicker")));
    for (const [unit, snr] of truth.detection_snr.data.entries()) {
      // The mean of the cell's light under the lamp, and its mean light under the mean lamp, differ by what flickers along.
      expect(Math.abs(snr - even.detection_snr.data[unit]!)).toBeLessThanOrEqual(0.05 * snr);
      expect(snr).toBeLessThanOrEqual(steady.detection_snr.data[unit]!);
    }
  });
});

describe("a slot, a fact and a series of somebody's own", () => {
  test("go from stranger to stranger, into the truth and into the movie", async () => {
    const truth = truthOf("acme_loading");
    const faster = truthOf("acme_loading", "acme_pump");
    const slow = truth.get(loading.truth.acme_dye)!;
    expect(slow.shape).toEqual([truth.n_units, 80]);
    expect(slow.get(0, 40)).toBeGreaterThan(0);
    expect(faster.get(loading.truth.acme_dye)!.get(0, 40)).toBe(2 * slow.get(0, 40));

    const movie = async (...kinds: string[]) =>
      Float64Array.from(
        (await simulator.simulate(specOf(...kinds), { until: "acme_glow" })).observed.data,
      );
    const [bright, dark] = [await movie("acme_glow", "acme_loading"), await movie("acme_glow")];
    const pixels = 96 * 96;
    // Nothing is taken up before frame 0; later there is more light.
    expect(bright.subarray(0, pixels)).toEqual(dark.subarray(0, pixels));
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    for (let t = 1; t < 80; t++) {
      const frame = [t * pixels, (t + 1) * pixels] as const;
      expect(sum(bright.subarray(...frame))).toBeGreaterThan(sum(dark.subarray(...frame)));
    }
  });

  test("a series stays a recipe in the truth: it is read row by row", () => {
    const { value } = truthOf("acme_loading").field("acme_dye");
    expect("row" in value).toBe(true);
  });
});

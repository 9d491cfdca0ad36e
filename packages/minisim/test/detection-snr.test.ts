// Detection SNR as predicted, and as it is in the counts of the rendered movie, for any instrument and tissue.
import { defineStep, expectedLight, facts, slots } from "@minisim/pipeline";
import type { Recording } from "@minisim/recording";
import { cellActivity } from "@minisim/step-cell-activity";
import fc from "fast-check";
import { builtinSteps, createSimulator } from "minisim";
import { expect, test } from "vitest";
import { z } from "zod";

/** Frames at rest, and as many at the peak. */
const HALF = 6000;
const FPS = 20;
const SIDE = 8;
const PIXELS = SIDE * SIDE;

/** The first cell rests, then shines at its peak; all others shine as they do. */
const twoLevels = defineStep({
  kind: "two_levels",
  revision: 1,
  domain: "cell",
  after: ["place_neurons"],
  before: ["optics"],
  summary: "A cell at rest, then at its peak.",
  sources: [],
  params: z.strictObject({ rest: z.number(), peak: z.number(), others: z.number() }),
  compile({ params: { rest, peak, others }, scene, geometry: { n_frames } }) {
    const { count } = scene.get(slots.cells);
    const C = new Float64Array(count * n_frames).fill(others);
    C.fill(rest, 0, HALF).fill(peak, HALF, n_frames);
    const activity = {
      C,
      S: new Float64Array(C.length),
      amplitude: new Float64Array(count).fill(1),
      spike_times_s: { offsets: new Int32Array(count + 1), data: new Float64Array(0) },
    };
    return { put: slots.activity.of(activity) };
  },
});
const steps = [...builtinSteps.filter(({ kind }) => kind !== cellActivity.kind), twoLevels];
const { Spec, compile, simulate } = createSimulator({ steps });

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const world = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  na: between(0.15, 0.5),
  focus_um: between(40, 90),
  bits: fc.constantFrom(
    { adc_bits: 10, gain: 0.2, black: 80 },
    { adc_bits: 8, gain: 0.05, black: 20 },
  ),
  quantum_efficiency: between(0.3, 0.9),
  read_noise_e: between(0, 15),
  row_noise_e: between(0, 10),
  dark_current_e_s: between(0, 200),
  // The mean light holds the cell's own halo at half of its rise, which is no rest: a background outshines it, as in real tissue.
  halo_fraction: between(0, 0.7),
  level: between(10, 60),
  peak: between(2, 30),
  others: between(0.5, 4),
  leakage: between(0, 0.5),
  falloff: between(0.3, 1),
  /** Of full scale that the background of this world fills. */
  fill: between(0.1, 0.6),
});

type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

function specOf(it: World, photons_per_um2_s: number) {
  return Spec.parse({
    seed: it.seed,
    acquisition: {
      fps: FPS,
      duration_s: (2 * HALF) / FPS,
      focal_depth_in_tissue_um: it.focus_um,
      optics: { na: it.na, magnification: 3 },
      tissue: { halo_fraction: it.halo_fraction },
      image_sensor: {
        n_px_height: SIDE,
        n_px_width: SIDE,
        pixel_pitch_um: 6,
        quantum_efficiency: it.quantum_efficiency,
        read_noise_e: it.read_noise_e,
        row_noise_e: it.row_noise_e,
        dark_current_e_s: it.dark_current_e_s,
        adc_bits: it.bits.adc_bits,
        gain_adu_per_e: it.bits.gain,
        black_level_adu: it.bits.black,
      },
    },
    steps: [
      {
        kind: "place_neurons",
        soma_radius_um: 5,
        positions_um: [
          [65, 1, -2],
          [80, -6, 5],
          [50, 4, 6],
        ],
      },
      { kind: "two_levels", rest: 1, peak: it.peak, others: it.others },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "neuropil", level: it.level, depth_um: 70, fluctuation_cv: 0, n_components: 1 },
      { kind: "vignette", falloff: it.falloff },
      { kind: "leakage", level: it.leakage },
      { kind: "sensor", photons_per_um2_s },
    ],
  });
}

/** Lit so that the brightest pixel is, in the mean, as bright as the world wants it. */
function litSpec(it: World) {
  const { light } = expectedLight(compile(specOf(it, 1)).program);
  const { photons_per_unit, quantum_efficiency, counts_per_e } = exposureOf(specOf(it, 1));
  const counts = Math.max(...light) * photons_per_unit * quantum_efficiency * counts_per_e;
  return specOf(it, (it.fill * 256) / counts);
}

const exposureOf = (spec: ReturnType<typeof specOf>) => compile(spec).scene.get(facts.exposure)!;

/** Mean and standard deviation of a pixel over frames. */
function momentsOf(movie: ArrayLike<number>, pixel: number, from: number, to: number) {
  let sum = 0;
  let squares = 0;
  for (let t = from; t < to; t++) {
    const value = movie[t * PIXELS + pixel]!;
    sum += value;
    squares += value * value;
  }
  const mean = sum / (to - from);
  return { mean, sd: Math.sqrt(squares / (to - from) - mean * mean) };
}

/** The pixel that the first cell's rise is brightest in, before any noise. */
async function brightestPixel(recording: Recording): Promise<number> {
  const [rest, peak] = await Promise.all(
    [0, HALF].map((t) => recording.frame(t, "leakage").then(({ movie }) => [...movie.data])),
  );
  const rise = peak!.map((value, i) => value - rest![i]!);
  return rise.indexOf(Math.max(...rise));
}

test("detection SNR is that of the movie's counts, in any world", {
  timeout: 240_000,
}, async () => {
  const wrong: unknown[] = [];
  let judged = 0;
  for (const it of fc.sample(world, { numRuns: 200, seed: 2 })) {
    const recording = await simulate(litSpec(it));
    const predicted = recording.ground_truth.detection_snr.data[0]!;
    const pixel = await brightestPixel(recording);
    const rest = momentsOf(recording.observed.data, pixel, 0, HALF);
    const peak = momentsOf(recording.observed.data, pixel, HALF, 2 * HALF);
    // Rounding to counts is the noise of 1/12 only where other noise spreads over half a count, √(1/4 + 1/12) with it.
    if (predicted < 2 || rest.sd < 0.58) continue;
    judged += 1;
    const ratio = (peak.mean - rest.mean) / rest.sd / predicted;
    // 6000 frames know σ to 1/√12000 = 0.9 %, and a rise of 2 σ to √(2/6000) / 2 = 0.9 %: together 1.3 %.
    if (Math.abs(ratio - 1) > 0.05) wrong.push({ it, predicted, ratio });
  }
  expect(wrong).toEqual([]);
  expect(judged).toBeGreaterThan(100);
});

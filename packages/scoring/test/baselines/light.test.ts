// The images that the oracle fits are those that the renderer added up: their weighted sum is the noise-free movie.
import { compile, type StepInput, simulate } from "minisim";
import { expect, test } from "vitest";
import { lightOf } from "../../src/baselines/light.ts";

const acquisition = {
  optics: { magnification: 3, na: 0.3 },
  image_sensor: { n_px_height: 41, n_px_width: 50, pixel_pitch_um: 6 },
  duration_s: 1,
};
const cells: StepInput = {
  kind: "place_neurons",
  positions_um: [
    [30, 0, 0],
    [90, -20, 31],
    [50, 38, -45],
    [50, -39, 47.5],
    [70, 4, 9],
  ],
};
const optics: StepInput[] = [{ kind: "optics" }, { kind: "composite" }];
const fields: StepInput[] = [
  { kind: "illumination_profile" },
  { kind: "vignette" },
  { kind: "leakage", level: 0.3 },
];

interface Weights {
  readonly neuropilShare: number;
}

/** The largest difference between movie and sum, in units of the brightest pixel. */
async function misfit(steps: readonly StepInput[], { neuropilShare }: Weights) {
  const recording = await simulate({ acquisition, seed: 2, steps });
  const { observed, ground_truth: truth } = recording;
  const [height, width] = truth.fov_shape;
  const { cells: count, backgroundNames, imagesAt } = lightOf(compile(recording.spec));
  const frames = observed.shape[0]!;
  let worst = 0;
  let brightest = 0;
  for (let t = 0; t < frames; t++) {
    const images = imagesAt(t);
    const sum = new Float64Array(height * width);
    for (const [i, { row, col, height: rows, width: cols, data }] of images.entries()) {
      const name = backgroundNames[i - count];
      let weight = name === "leakage" ? 1 : 0;
      if (i < count)
        weight = truth.C.data[i * frames + t]! * (truth.bleaching?.data[i * frames + t] ?? 1);
      if (name?.startsWith("neuropil")) {
        weight = neuropilShare * truth.neuropil_temporal!.data[(i - count) * frames + t]!;
      }
      for (let k = 0; k < data.length; k++) {
        sum[(row + Math.floor(k / cols)) * width + col + (k % cols)]! += weight * data[k]!;
      }
      expect(data.length).toBe(rows * cols);
    }
    for (const [pixel, fitted] of sum.entries()) {
      const light = observed.data[t * height * width + pixel]!;
      brightest = Math.max(brightest, light);
      worst = Math.max(worst, Math.abs(light - fitted));
    }
  }
  expect(brightest).toBeGreaterThan(0.1);
  return worst / brightest;
}

// The renderer works in float32: a few roundings of 6e-8 a pixel, over five cells, fields and interpolation.
const FLOAT32 = 2e-6;

test("of cells, bleaching, motion and every field", async () => {
  const steps: StepInput[] = [
    cells,
    { kind: "cell_activity" },
    { kind: "bleaching", bleach_susceptibility: 0.05 },
    ...optics,
    { kind: "brain_motion", max_shift_um: 12, motion_amplitude_um: 9 },
    ...fields,
  ];
  expect(await misfit(steps, { neuropilShare: 0 })).toBeLessThan(FLOAT32);
});

test("of neuropil and vessels, in still tissue", async () => {
  const steps: StepInput[] = [
    cells,
    { kind: "cell_activity" },
    ...optics,
    { kind: "neuropil", amplitude: 0.6, n_components: 2 },
    { kind: "vasculature", enabled: true, layers: [{}] },
    ...fields,
  ];
  expect(await misfit(steps, { neuropilShare: 0.3 })).toBeLessThan(FLOAT32);
});

test("of neuropil and vessels in moving tissue, up to the edge", async () => {
  const steps: StepInput[] = [
    cells,
    { kind: "cell_activity" },
    ...optics,
    { kind: "neuropil", amplitude: 0.6, n_components: 2 },
    { kind: "vasculature", enabled: true, layers: [{}] },
    { kind: "brain_motion", max_shift_um: 7, motion_amplitude_um: 6 },
    ...fields,
  ];
  expect(await misfit(steps, { neuropilShare: 0.3 })).toBeLessThan(FLOAT32);
});

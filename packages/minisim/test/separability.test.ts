// What is said of how well cells can be told apart, against an inverse of the whole matrix and against the best demixing of rendered counts.
import { facts, footprintsInMotion, observedFootprints } from "@minisim/pipeline";
import { compile, groundTruth, Spec, simulate } from "minisim";
import { expect, test } from "vitest";

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const FRAMES = 4000;

/** Cells that are near enough to be mixed, under vessels, in front of a background that fluctuates; nothing moves. */
const spec = Spec.parse({
  seed: 5,
  acquisition: {
    fps: 20,
    duration_s: FRAMES / 20,
    focal_depth_in_tissue_um: 60,
    optics: { na: 0.4, magnification: 4 },
    tissue: { halo_fraction: 0 },
    image_sensor: {
      n_px_height: SIDE,
      n_px_width: SIDE,
      pixel_pitch_um: 8,
      adc_bits: 12,
      bit_depth: 12,
      gain_adu_per_e: 0.5,
      black_level_adu: 100,
      read_noise_e: 5,
    },
  },
  steps: [
    {
      kind: "place_neurons",
      soma_radius_um: 5,
      positions_um: [
        [60, -14, -12],
        [64, -9, -6],
        [58, -4, 11],
        [70, 8, 7],
        [62, 10, -9],
        [60, 15, -5],
      ],
    },
    { kind: "cell_activity", indicator: "gcamp6f", silent_fraction: 0 },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "neuropil", n_components: 3, level: 15, spatial_sigma_um: 20, depth_um: 60 },
    {
      kind: "vasculature",
      enabled: true,
      layers: [{ depth_um: 20, n_roots: 2, root_radius_um: 4, min_radius_um: 2 }],
    },
    { kind: "illumination_profile" },
    { kind: "vignette" },
    { kind: "leakage" },
    { kind: "sensor", photons_per_um2_s: 1e3 },
  ],
});

/** Columns of the mixing matrix in electrons: cells, then background, from the truth alone. */
function imagesOf(plan: ReturnType<typeof compile>) {
  const truth = groundTruth(plan);
  const behind = ["vasculature_mask", "illumination", "vignette"].map(
    (name) => truth.get(name)!.data,
  );
  const seen = (value: number, i: number) =>
    behind.reduce((product, field) => product * field[i]!, value);
  const footprints = observedFootprints(plan.scene);
  expect(footprintsInMotion(plan.scene)).toBeNull();
  const cells = Array.from({ length: truth.n_units }, (_, cell) => {
    const { row, col, height, width, data } = footprints.at(cell);
    const image = new Float64Array(PIXELS);
    for (let y = 0; y < height; y++) {
      image.set(data.subarray(y * width, (y + 1) * width), (row + y) * SIDE + col);
    }
    return image.map(seen);
  });
  const spatial = truth.get("neuropil_spatial")!;
  const background = Array.from({ length: spatial.shape[0]! }, (_, k) =>
    Float64Array.from(spatial.data.subarray(k * PIXELS, (k + 1) * PIXELS)).map(seen),
  );
  return { truth, cells, background };
}

/** x of M x = b for each column b of a matrix, by Gauss. */
function solve(matrix: readonly Float64Array[], columns: readonly Float64Array[]): Float64Array[] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => Float64Array.of(...row, ...columns.map((b) => b[i]!)));
  for (let i = 0; i < size; i++) {
    const top = rows[i]!;
    const pivot = top[i]!;
    for (let j = 0; j < top.length; j++) top[j]! /= pivot;
    for (const [k, row] of rows.entries()) {
      const factor = row[i]!;
      if (k !== i) for (let j = 0; j < row.length; j++) row[j]! -= factor * top[j]!;
    }
  }
  return columns.map((_, c) => Float64Array.from(rows, (row) => row[size + c]!));
}

const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

test("costs, correlations and the errors of demixed counts are as the truth foretells", async () => {
  const plan = compile(spec);
  const { truth, cells, background } = imagesOf(plan);
  const { photons_per_unit, quantum_efficiency, dark_e, read_noise_e, counts_per_e, black_counts } =
    plan.scene.get(facts.exposure)!;
  const perUnit = photons_per_unit * quantum_efficiency;
  const images = [...cells, ...background].map((image) => image.map((value) => perUnit * value));
  const recording = await simulate(spec);

  const light = new Float64Array(PIXELS);
  for await (const { data, start, end } of recording.frames(undefined, "leakage")) {
    for (let t = 0; t < end - start; t++) {
      for (let i = 0; i < PIXELS; i++) light[i]! += data[t * PIXELS + i]! / FRAMES;
    }
  }
  const variance = light.map(
    (value) => perUnit * value + dark_e + read_noise_e ** 2 + 1 / 12 / counts_per_e ** 2,
  );
  const weighted = images.map((image) => image.map((value, i) => value / variance[i]!));
  const information = weighted.map((a) => Float64Array.from(images, (b) => dot(a, b)));
  const identity = images.map((_, i) => Float64Array.from(images, (_, j) => (i === j ? 1 : 0)));
  const inverse = solve(information, identity);

  const column = (name: string) => truth.get(name)!.data as Float64Array;
  const C = column("C");
  // What is below 2 % of a footprint's peak is left out, and with it 0.04 % of a Gaussian's squared light: twice that in a cost.
  const near = (value: number, wanted: number) =>
    expect(Math.abs(value / wanted - 1)).toBeLessThan(2e-3);
  const trace = (cell: number) => C.subarray(cell * FRAMES, (cell + 1) * FRAMES);
  const error = cells.map((_, cell) => Math.sqrt(inverse[cell]![cell]!));
  for (const cell of cells.keys()) {
    near(column("overlap_cost")[cell]!, error[cell]! * Math.sqrt(information[cell]![cell]!));
    const signal = spreadOf(trace(cell));
    near(column("predicted_trace_corr")[cell]!, signal / Math.hypot(signal, error[cell]!));
    const rise = Math.max(...trace(cell)) - Math.min(...trace(cell));
    near(column("transient_dprime")[cell]!, rise / error[cell]!);
  }

  // Least squares with the pixels weighted by their noise is the best demixing there is.
  const decoder = inverse
    .slice(0, cells.length)
    .map((row) =>
      Float64Array.from({ length: PIXELS }, (_, i) =>
        row.reduce((sum, x, k) => sum + x * weighted[k]![i]!, 0),
      ),
    );
  const counts = recording.observed.data;
  for (const [cell, row] of decoder.entries()) {
    const residual = Float64Array.from({ length: FRAMES }, (_, t) => {
      let estimate = 0;
      for (let i = 0; i < PIXELS; i++) {
        estimate += (row[i]! * (counts[t * PIXELS + i]! - black_counts)) / counts_per_e;
      }
      return estimate - trace(cell)[t]!;
    });
    // 4000 frames know a standard deviation to 1/√8000 = 1.1 %: four times that.
    expect(Math.abs(spreadOf(residual) / error[cell]! - 1)).toBeLessThan(0.045);
  }
});

function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

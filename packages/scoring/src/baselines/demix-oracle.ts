// The ceiling: the movie demixed with the true footprints, which no pipeline knows.

import type { GroundTruth, Recorded } from "@minisim/recording";
import type { Estimate, Rows } from "../metrics/estimate.ts";
import { observedInView } from "../score.ts";
import { gramOf, project } from "./gram.ts";
import { type SensorImages, sensorImages } from "./light.ts";
import { type AnalysisOptions, movieOf } from "./movie.ts";
import { type NnlsOptions, type NnlsSolver, nnlsSolver } from "./nnls.ts";

export interface DemixOptions extends AnalysisOptions, Pick<NnlsOptions, "tolerance"> {}

export interface OracleEstimate extends Estimate {
  /** unit × frame: the weight of each cell's image, in counts per unit of emission. */
  readonly C: Rows;
  /** background × frame, likewise. */
  readonly background: Rows;
  /** neuropil_0 …, leakage, constant. */
  readonly background_names: readonly string[];
  /** The largest violation of the optimality conditions over all frames: see `NnlsOptions`. */
  readonly worst_violation: number;
}

/**
 * For every frame the least-squares weights, not negative, of the images that really fell on the sensor: each cell's observed
 * footprint as vessels, the true motion, illumination and vignette leave it; the neuropil's components; leakage; and a
 * constant of either sign. What remains in its traces is what noise and overlap do to any pipeline that starts from the same
 * counts. Bleaching is divided out, since it is known. One frame is in memory at a time, and the result.
 *
 * Motion is exact: the images are moved as the renderer moved them and their inner products taken anew. What the truth does
 * not hold is not modelled: cells that live in the margin alone, vessels and neuropil beyond the edge (there the outermost
 * value goes on), fields of foreign steps, saturated pixels.
 * @throws the signal's reason when aborted.
 */
export async function demixOracle(
  recording: Recorded,
  { signal, onProgress, ...nnls }: DemixOptions = {},
): Promise<OracleEstimate> {
  const movie = await movieOf(recording);
  const { truth, width, n_frames } = movie;
  const imagesAt = sensorImages(truth);
  let model = modelAt(imagesAt(...shiftOf(truth, 0)), nnls);
  const { images, cells, backgroundNames } = model;
  const weights = new Float64Array(images.length);
  const products = new Float64Array(images.length);
  const traces = new Float64Array(images.length * n_frames);
  let worst = 0;
  let [lastDy, lastDx] = shiftOf(truth, 0);
  for await (const { t, frame } of movie.frames(signal)) {
    const [dy, dx] = shiftOf(truth, t);
    if (dy !== lastDy || dx !== lastDx) model = modelAt(imagesAt(dy, dx), nnls);
    [lastDy, lastDx] = [dy, dx];
    project(model.images, frame, width, products);
    // The weights of the frame before are a good start.
    const { violation } = model.solver.solve(products, weights);
    worst = Math.max(worst, violation);
    for (let i = 0; i < weights.length; i++) traces[i * n_frames + t] = weights[i]!;
    onProgress?.({ done: t + 1, total: n_frames });
  }
  const C = traces.slice(0, cells * n_frames);
  divideByBleaching(C, truth, n_frames);
  return {
    footprints: observedInView(truth),
    C: { shape: [cells, n_frames], data: C },
    S: null,
    shifts: null,
    background: {
      shape: [backgroundNames.length, n_frames],
      data: traces.slice(cells * n_frames),
    },
    background_names: backgroundNames,
    worst_violation: worst,
  };
}

interface Model extends SensorImages {
  readonly solver: NnlsSolver;
}

function modelAt(images: SensorImages, nnls: NnlsOptions): Model {
  const free = new Uint8Array(images.images.length);
  // The constant: a sensor that rounds down is half a count too low.
  free[free.length - 1] = 1;
  return { ...images, solver: nnlsSolver(gramOf(images.images), free, nnls) };
}

/** (dy, dx) px of a frame. */
function shiftOf({ shifts }: GroundTruth, t: number): [number, number] {
  return [shifts?.data[2 * t] ?? 0, shifts?.data[2 * t + 1] ?? 0];
}

function divideByBleaching(C: Float64Array, truth: GroundTruth, frames: number): void {
  if (!truth.fields.has("bleaching")) return;
  for (let unit = 0; unit < truth.n_units; unit++) {
    const intact = truth.field("bleaching").rows(unit, unit + 1);
    for (let t = 0; t < frames; t++) {
      if (intact[t]! > 0) C[unit * frames + t]! /= intact[t]!;
    }
  }
}

// The ceiling: the movie demixed with the true footprints, which no pipeline knows.

import type { Plan } from "@minisim/pipeline";
import type { MovieBlock, Recorded } from "@minisim/recording";
import { InputError } from "@minisim/spec/input";
import { builtin, type Simulator } from "minisim";
import type { Estimate, Rows } from "../metrics/estimate.ts";
import { observedInView } from "../observed-in-view.ts";
import { gramOf } from "./gram.ts";
import { type Light, lightOf } from "./light.ts";
import type { Rectangle } from "./moved.ts";
import { type AnalysisOptions, type Movie, movieOf } from "./movie.ts";
import { type NnlsOptions, type NnlsSolver, nnlsSolver } from "./nnls.ts";
import { createProjector, FRAMES_AT_ONCE, type Projector } from "./projector.ts";

export interface DemixOptions extends AnalysisOptions, Pick<NnlsOptions, "tolerance"> {
  /** Whose steps the recording's spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator | undefined;
}

export interface OracleEstimate extends Estimate {
  /** unit × frame: the weight of each cell's image, in counts per unit of emission. */
  readonly C: Rows;
  /** background × frame, likewise. */
  readonly background: Rows;
  /** The stage that adds each background, numbered where it adds several; the last one is "constant". */
  readonly background_names: readonly string[];
  /** The largest violation of the optimality conditions over all frames: see `NnlsOptions`. */
  readonly worst_violation: number;
}

/**
 * For every frame the least-squares weights, not negative, of the images that really fell on the sensor: each cell's, each component's of the
 * background, and a constant of either sign. What remains in its traces is what noise and overlap do to any pipeline that starts from the same
 * counts. A known factor on a cell's activity, such as its bleaching, is divided out. A few frames are in memory at a time, and the result.
 *
 * The images come from the frame program, which is compiled anew from the recording's spec. They pass every field and the true motion as the
 * renderer has them, those of foreign steps included. What is not modelled: cells that live in the margin alone, custom verbs, saturated
 * pixels.
 * @throws InputError where the simulator's steps would not make this recording again; the signal's reason when aborted.
 */
export async function demixOracle(
  recording: Recorded,
  { signal, onProgress, simulator = builtin, ...nnls }: DemixOptions = {},
): Promise<OracleEstimate> {
  const movie = await movieOf(recording);
  const { truth, height, width, n_frames } = movie;
  const light = lightOf(planOf(recording, simulator));
  const { cells, backgroundNames } = light;
  const count = cells + backgroundNames.length;
  const weights = new Float64Array(count);
  const products = Array.from({ length: FRAMES_AT_ONCE }, () => new Float64Array(count));
  const traces = new Float64Array(count * n_frames);
  const projector = createProjector(height, width);
  let worst = 0;
  let model: Model | undefined;
  for await (const { first, frames } of alike(movie, light, signal)) {
    model = modelAt(light, first, nnls, projector, model);
    projector.project(frames, products);
    for (let f = 0; f < frames.length; f++) {
      const t = first + f;
      const { violation } = model.solver.solve(products[f]!, weights);
      worst = Math.max(worst, violation);
      for (let i = 0; i < weights.length; i++) traces[i * n_frames + t] = weights[i]!;
      onProgress?.({ done: t + 1, total: n_frames });
    }
  }
  const C = traces.slice(0, cells * n_frames);
  divideByKnownFactors(C, light, n_frames);
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

/** Frames that follow each other and have the same images, a few at a time. */
async function* alike({ blocks, height, width }: Movie, light: Light, signal?: AbortSignal) {
  const size = height * width;
  for await (const { start, end, data } of blocks(signal)) {
    for (let first = start; first < end; ) {
      signal?.throwIfAborted();
      const setting = light.settingAt(first);
      const frames: MovieBlock["data"][] = [];
      let t = first;
      while (t < end && frames.length < FRAMES_AT_ONCE && isSame(setting, light.settingAt(t))) {
        frames.push(data.subarray((t - start) * size, (t - start + 1) * size));
        t += 1;
      }
      yield { first, frames };
      first = t;
    }
  }
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => value === b[i]);

/** The plan that made the recording. */
function planOf({ spec, cache_key }: Recorded, simulator: Simulator): Plan {
  const parsed = simulator.Spec.safeParse(spec);
  if (parsed.ok) {
    const plan = simulator.compile(parsed.spec);
    if (plan.cache_key === cache_key) return plan;
  }
  const why = parsed.ok
    ? "the steps have other revisions than those that made it"
    : "its spec has steps that the simulator lacks, or another form";
  throw new InputError([`The light of this recording cannot be computed again: ${why}.`]);
}

interface Model {
  readonly setting: readonly number[];
  readonly solver: NnlsSolver;
}

/** The model of frame t, whose images the projector then holds; the one of the frame before where nothing has changed. */
function modelAt(
  light: Light,
  t: number,
  nnls: NnlsOptions,
  projector: Projector,
  before: Model | undefined,
): Model {
  const setting = light.settingAt(t);
  if (before && isSame(before.setting, setting)) return before;
  const images = light.imagesAt(t);
  projector.hold(images);
  const free = new Uint8Array(images.length);
  // The constant: a sensor that rounds down is half a count too low.
  free[free.length - 1] = 1;
  const order = fromTheTop(images, light.cells);
  return { setting, solver: nnlsSolver(gramOf(images), free, { ...nnls, order }) };
}

/** Cells from the top of the field down, so that those that meet are near; then what lies over the whole field. */
function fromTheTop(images: readonly Rectangle[], cells: number): Int32Array {
  const middle = (i: number) => (i < cells ? images[i]!.row + images[i]!.height / 2 : Infinity);
  return Int32Array.from(images.keys()).sort((a, b) => {
    const [above, below] = [middle(a), middle(b)];
    return above === below ? a - b : above - below;
  });
}

function divideByKnownFactors(C: Float64Array, light: Light, frames: number): void {
  for (let cell = 0; cell < light.cells; cell++) {
    const factor = light.knownFactor(cell);
    for (let t = 0; t < frames; t++) if (factor[t]! > 0) C[cell * frames + t]! /= factor[t]!;
  }
}

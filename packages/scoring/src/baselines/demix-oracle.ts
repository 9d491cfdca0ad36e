// The ceiling: the movie demixed with the true footprints, which no pipeline knows.

import type { Plan } from "@minisim/pipeline";
import type { Recorded } from "@minisim/recording";
import { InputError } from "@minisim/spec/input";
import { builtin, type Simulator } from "minisim";
import type { Estimate, Rows } from "../metrics/estimate.ts";
import { observedInView } from "../observed-in-view.ts";
import { fitterOf } from "./fitter.ts";
import { type Light, lightOf } from "./light.ts";
import { type AnalysisOptions, type Movie, movieOf } from "./movie.ts";
import type { NnlsOptions } from "./nnls.ts";
import { FRAMES_AT_ONCE } from "./projector.ts";

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

/** Against 1e-8 it changes the correlation of a trace with its truth by less than 0.0005 in a window of the preset of Miniscope V4 and CA1. */
const TOLERANCE = 1e-6;

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
  { signal, onProgress, simulator = builtin, tolerance = TOLERANCE }: DemixOptions = {},
): Promise<OracleEstimate> {
  const movie = await movieOf(recording);
  const { truth, n_frames } = movie;
  const light = lightOf(planOf(recording, simulator));
  const { cells, backgroundNames } = light;
  const count = cells + backgroundNames.length;
  const weigh = fitterOf(light, { tolerance });
  const traces = new Float64Array(count * n_frames);
  let worst = 0;
  for await (const { first, frames } of someFrames(movie, signal)) {
    for (const [f, { weights, violation }] of weigh(first, frames).entries()) {
      worst = Math.max(worst, violation);
      for (let i = 0; i < count; i++) traces[i * n_frames + first + f] = weights[i]!;
      onProgress?.({ done: first + f + 1, total: n_frames });
    }
  }
  divideByKnownFactors(traces, light);
  return {
    footprints: observedInView(truth),
    C: { shape: [cells, n_frames], data: traces.slice(0, cells * n_frames) },
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

/** Enough for those that take longest to be computed beside others; of each frame, where tissue bends, 20 bytes a pixel are held. */
const FRAMES_IN_MEMORY = 4 * FRAMES_AT_ONCE;

/** Frames that follow each other, as many at a time whatever blocks the recording hands out: those of one in memory are of two frames. */
async function* someFrames({ blocks, height, width }: Movie, signal?: AbortSignal) {
  const size = height * width;
  let first = 0;
  let frames: ArrayLike<number>[] = [];
  for await (const { start, end, data } of blocks(signal)) {
    for (let t = start; t < end; t++) {
      frames.push(data.slice((t - start) * size, (t - start + 1) * size));
      if (frames.length < FRAMES_IN_MEMORY) continue;
      signal?.throwIfAborted();
      yield { first, frames };
      first += frames.length;
      frames = [];
    }
  }
  if (frames.length > 0) yield { first, frames };
}

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

/** What was known before: its factor is divided out of every weight; where no light arrives, the weight is 0. */
function divideByKnownFactors(traces: Float64Array, light: Light): void {
  const { n_frames } = light;
  for (let i = 0; i * n_frames < traces.length; i++) {
    const factor = light.factor(i);
    for (let t = 0; t < n_frames; t++) {
      const at = i * n_frames + t;
      traces[at] = factor[t]! > 0 ? traces[at]! / factor[t]! : 0;
    }
  }
}

// How well the traces of an estimate are those of a true cell.
import type { GroundTruth } from "@minisim/recording";
import { activitySimilarity } from "./metrics/activity.ts";
import { tracePearson } from "./metrics/correlation.ts";
import { countCorrelation } from "./metrics/counts.ts";
import type { Rows } from "./metrics/estimate.ts";
import { eventScores } from "./metrics/events.ts";
import { relativeChangeError } from "./metrics/relative-change.ts";
import type { ScoreInput } from "./score-options.ts";
import { binFrames, toleranceFrames } from "./time-scale.ts";

/** Null where nothing was estimated, or it cannot be compared (a constant, NaN). */
export interface TraceScores {
  /** Pearson's correlation of the estimated C with the clean calcium. */
  readonly trace_corr: number | null;
  /** 0 to 1: the root mean square of what is wrong in ΔF over that of the true ΔF, the scale forgiven; the baselines are 10th percentiles. */
  readonly dff_error: number | null;
  /** Of the estimated S with the spikes per frame. */
  readonly activity_corr: number | null;
  /** 0 to 1: the share of the spikes' variance that a · S + b explains, with a ≥ 0. */
  readonly activity_variance_explained: number | null;
  /** That a: spikes per unit of S. */
  readonly activity_scale: number | null;
  /** Of S with the spikes in bins of 0.1, 0.5 and 1 s; null where a frame is longer, or the frame rate is not given. */
  readonly count_corr_100ms: number | null;
  readonly count_corr_500ms: number | null;
  readonly count_corr_1s: number | null;
  /** Frames with spikes that S tells, one to one within the tolerance, at the threshold on S with the largest F1. */
  readonly event_precision: number | null;
  readonly event_recall: number | null;
  readonly event_f1: number | null;
  /** That threshold, in the unit of S. */
  readonly event_threshold: number | null;
}

export const NO_TRACES: TraceScores = {
  trace_corr: null,
  dff_error: null,
  activity_corr: null,
  activity_variance_explained: null,
  activity_scale: null,
  count_corr_100ms: null,
  count_corr_500ms: null,
  count_corr_1s: null,
  event_precision: null,
  event_recall: null,
  event_f1: null,
  event_threshold: null,
};

export function traceScores(
  { C, S, options }: ScoreInput,
  estimate: number,
  truth: GroundTruth,
  cell: number,
): TraceScores {
  return {
    ...NO_TRACES,
    ...(C && calciumScores(rowOf(C, estimate), truth.field("C").rows(cell, cell + 1))),
    ...(S && activityScores(rowOf(S, estimate), truth.field("S").rows(cell, cell + 1), options)),
  };
}

function calciumScores(found: Float32Array | Float64Array, real: ArrayLike<number>) {
  return { trace_corr: tracePearson(found, real), dff_error: relativeChangeError(found, real) };
}

function activityScores(
  found: Float32Array | Float64Array,
  real: ArrayLike<number>,
  options: ScoreInput["options"],
): Partial<TraceScores> {
  const events = eventScores(found, real, toleranceFrames(options));
  const countsIn = (bin_s: number) => {
    const width = binFrames(bin_s, options);
    return width === null ? null : countCorrelation(found, real, width);
  };
  const scores = {
    count_corr_100ms: countsIn(0.1),
    count_corr_500ms: countsIn(0.5),
    count_corr_1s: countsIn(1),
    event_precision: events.precision,
    event_recall: events.recall,
    event_f1: events.f1,
    event_threshold: events.threshold,
  };
  const activity = activitySimilarity(found, real);
  // A silent or constant trace has no fit.
  if (activity.correlation === null) return scores;
  return {
    ...scores,
    activity_corr: activity.correlation,
    activity_variance_explained: activity.varianceExplained,
    activity_scale: activity.scale,
  };
}

export function rowOf({ shape, data }: Rows, row: number): Float32Array | Float64Array {
  return data.subarray(row * shape[1]!, (row + 1) * shape[1]!);
}

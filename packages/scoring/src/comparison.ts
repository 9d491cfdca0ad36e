// An estimate laid over the true footprints: how alike each is to each, by whichever measure.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";
import { brightnessOf } from "./brightness.ts";
import type { Shift } from "./metrics/cells.ts";
import { matchFootprints } from "./metrics/match.ts";
import type { SparseSimilarity } from "./metrics/pairs.ts";
import { footprintSimilarity, type SimilarityMetric } from "./metrics/similarity.ts";
import { observedInView } from "./observed-in-view.ts";
import type { ScoreInput } from "./score-options.ts";

export interface Comparison {
  readonly input: ScoreInput;
  /** The observed footprints of all true cells, on the field of view. */
  readonly truth: FootprintStack;
  /** 1 for every true cell that is in the denominator of recall. */
  readonly counts: Uint8Array;
  readonly brightness: Float64Array;
  /** What moved the estimate's footprints onto the truth, px. */
  readonly shift: Shift;
  /** Of every estimate to every cell, by the metric that was asked for. */
  readonly similarity: SparseSimilarity;
}

export function compare(input: ScoreInput, groundTruth: GroundTruth): Comparison {
  const truth = observedInView(groundTruth);
  const counts = input.options.restrict_to_detectable
    ? groundTruth.detectable.data
    : new Uint8Array(groundTruth.n_units).fill(1);
  const brightness = brightnessOf(groundTruth);
  return comparison(input, truth, counts, brightness);
}

/** The same for other footprints, or by another metric. */
export function compareAgain(
  { input, truth, counts, brightness }: Comparison,
  change: { readonly footprints?: FootprintStack; readonly metric?: SimilarityMetric },
): Comparison {
  const { footprints = input.footprints, metric = input.options.match_metric } = change;
  const options = { ...input.options, match_metric: metric };
  return comparison({ ...input, footprints, options }, truth, counts, brightness);
}

function comparison(
  input: ScoreInput,
  truth: FootprintStack,
  counts: Uint8Array,
  brightness: Float64Array,
): Comparison {
  const { footprints, options } = input;
  const { match_metric: metric, footprint_shift } = options;
  let shift = footprint_shift ?? ([0, 0] as const);
  if (shift === "auto") {
    // The shift is found on the cells that count.
    const counted = [...counts.keys()].filter((cell) => counts[cell] === 1);
    const members = counted.length > 0 ? counted : [...counts.keys()];
    const bright = Float64Array.from(members, (cell) => brightness[cell]!);
    const guide = truth.select(members);
    shift = matchFootprints(footprints, guide, { metric, shift, brightness: bright }).shift;
  }
  const similarity = footprintSimilarity(footprints, truth, { metric, shift, brightness });
  return { input, truth, counts, brightness, shift: [shift[0], shift[1]], similarity };
}

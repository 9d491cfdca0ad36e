// How many cells were found, and how many of the found ones are cells.
import type { FootprintMatch } from "./match.ts";

/** All 0 to 1, and null where there is nothing to divide by: 0 of 0 is neither good nor bad. */
export interface DetectionScores {
  /** Pairs at least as similar as the threshold. */
  readonly matched: number;
  /** matched / true cells. */
  readonly recall: number | null;
  /** matched / estimated cells. */
  readonly precision: number | null;
  /** Harmonic mean of the two. */
  readonly f1: number | null;
  /** Over all pairs, those below the threshold too. */
  readonly meanSimilarity: number | null;
}

/** @throws RangeError for a threshold outside 0 to 1. */
export function detectionScores(match: FootprintMatch, threshold = 0.5): DetectionScores {
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(`The threshold of a match is 0 to 1, not ${threshold}.`);
  }
  const { similarity, estimateCount, truthCount } = match;
  const matched = similarity.filter((value) => value >= threshold).length;
  const total = similarity.reduce((sum, value) => sum + value, 0);
  return {
    matched,
    recall: share(matched, truthCount),
    precision: share(matched, estimateCount),
    f1: share(2 * matched, estimateCount + truthCount),
    meanSimilarity: share(total, similarity.length),
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

// Which estimated footprint is which true cell.
import { assignPairs, type Pairs } from "./assign.ts";
import { supportShift } from "./auto-shift.ts";
import type { Footprints, Shift } from "./cells.ts";
import { assertComparable, footprintSimilarity, type SimilarityOptions } from "./similarity.ts";

export interface MatchOptions extends SimilarityOptions {
  /**
   * What moves the estimate onto the truth: nothing (null, the default), whole pixels (dy, dx), which are trusted, or
   * "auto", which tries the shift that phase correlation of the lit areas finds and keeps it if that pairs better.
   */
  readonly shift?: Shift | "auto" | null;
}

/** Pairs, by ascending estimate, and what they were chosen from. */
export interface FootprintMatch extends Pairs {
  readonly estimateCount: number;
  readonly truthCount: number;
  /** Pixels (dy, dx) by which the estimate was moved. */
  readonly shift: Shift;
}

/**
 * Pairs estimated with true footprints so that the sum of their similarities is largest; pairs without any are left
 * out. Depends on the light alone, not on how the footprints were stored or handed over.
 * @throws RangeError for canvases of different shape, a shift that is not whole, an unknown metric or a bad fraction.
 */
export function matchFootprints(
  estimate: Footprints,
  truth: Footprints,
  { shift = null, ...options }: MatchOptions = {},
): FootprintMatch {
  const matchAt = (by: Shift): FootprintMatch => ({
    ...assignPairs(footprintSimilarity(estimate, truth, { ...options, shift: by })),
    estimateCount: estimate.length,
    truthCount: truth.length,
    // + 0 turns −0 into 0.
    shift: [by[0] + 0, by[1] + 0],
  });
  if (shift !== "auto") return matchAt(shift ?? [0, 0]);
  assertComparable(estimate, truth);
  const still = matchAt([0, 0]);
  const candidate = supportShift(estimate, truth);
  if (candidate[0] === 0 && candidate[1] === 0) return still;
  const moved = matchAt(candidate);
  return totalOf(moved) > totalOf(still) ? moved : still;
}

const totalOf = ({ similarity }: Pairs): number =>
  similarity.reduce((sum, value) => sum + value, 0);

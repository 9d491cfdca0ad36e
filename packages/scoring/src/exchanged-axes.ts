// Whether rows and columns of an estimate's footprints are exchanged, which a square field does not show.
import { type Comparison, compareAgain } from "./comparison.ts";
import { countedPairs } from "./pairing.ts";
import { transposed } from "./transposed.ts";

/** A sentence where fewer than half of the cells match, and most would with rows and columns exchanged. */
export function exchangedAxes(comparison: Comparison, matched: number): string[] {
  const { input, truth, counts } = comparison;
  const { footprints, options } = input;
  const { height, width } = truth.canvas;
  const most = Math.min(
    footprints.length,
    counts.reduce((sum, flag) => sum + flag, 0),
  );
  if (height !== width || 2 * matched >= most) return [];
  const other = compareAgain(comparison, { footprints: transposed(footprints) });
  const { similarity: pairs } = countedPairs(other.similarity, counts);
  const exchanged = pairs.filter((value) => value >= options.match_threshold).length;
  if (2 * exchanged < most) return [];
  return [
    `Rows and columns of the footprints are probably exchanged, which a square field does not show: the other way round, ${exchanged} cells would match instead of ${matched}.`,
  ];
}

// A hint where another measure of likeness would tell another story: mostly, footprints are drawn tighter or wider than cells look.
import { type Comparison, compareAgain } from "./comparison.ts";
import { assignPairs } from "./metrics/assign.ts";
import { sparseCells } from "./metrics/cells.ts";
import { energyMasks } from "./metrics/masks.ts";
import { countedPairs } from "./pairing.ts";
import { medianOf } from "./statistics.ts";

/** The share of the larger count by which two counts of matches differ strongly. */
const STRONG = 0.25;
/** Fewer cells than this differ by accident. */
const FEW = 3;
/** The share of its light that a mask holds, as that of "iou". */
const MASK = 0.9;

/** `matched`: how many cells match by the metric that was asked for. */
export function disagreement(comparison: Comparison, matched: number): string[] {
  const { counts, input } = comparison;
  const { match_metric, match_threshold } = input.options;
  const metric = match_metric === "light" ? "iou" : "light";
  const other = compareAgain(comparison, { metric });
  const pairs = countedPairs(other.similarity, counts);
  const otherwise = pairs.similarity.filter((value) => value >= match_threshold).length;
  const difference = Math.abs(otherwise - matched);
  if (difference < FEW || difference < STRONG * Math.max(matched, otherwise)) return [];
  const size = relativeSize(match_metric === "light" ? comparison : other);
  const drawn =
    size === null
      ? ""
      : ` Pixels that hold ${100 * MASK} % of a footprint's light cover ${size.toFixed(2)} times the area of its cell's (median over pairs); the likeness by light does not depend on how tightly footprints are drawn.`;
  return [
    `Measures of likeness disagree: ${matched} cells match by ${match_metric}, ${otherwise} by ${metric}.${drawn}`,
  ];
}

/** The median, over pairs by light, of an estimate's area over its cell's; null without pairs. */
function relativeSize({ input, truth, similarity }: Comparison): number | null {
  const areas = (footprints: Parameters<typeof sparseCells>[0]) => {
    const { starts } = energyMasks(sparseCells(footprints), MASK);
    return (cell: number) => starts[cell + 1]! - starts[cell]!;
  };
  const [drawn, looks] = [areas(input.footprints), areas(truth)];
  const pairs = assignPairs(similarity);
  const at = [...pairs.similarity.keys()].filter(
    (k) => pairs.similarity[k]! >= input.options.match_threshold,
  );
  return medianOf(at.map((k) => drawn(pairs.estimate[k]!) / looks(pairs.truth[k]!)));
}

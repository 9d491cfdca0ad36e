// Whether an estimate's footprints are turned or mirrored, which their size does not show.
import { type Comparison, compareAgain } from "./comparison.ts";
import { canvasIn, ORIENTATIONS, type Orientation, uprightFootprints } from "./grid/orientation.ts";
import { countedPairs } from "./pairing.ts";

const WORDS: Readonly<Record<Orientation, string>> = {
  upright: "upright",
  transposed: "transposed, with rows and columns exchanged",
  flipped_rows: "upside down",
  flipped_columns: "mirrored from left to right",
  rotated_90: "turned by a quarter against the clock",
  rotated_180: "turned by a half",
  rotated_270: "turned by a quarter with the clock",
  anti_transposed: "transposed and turned by a half",
};

/** A sentence where fewer than half of the cells match, and most would in another orientation. It changes no number. */
export function otherOrientation(comparison: Comparison, matched: number): string[] {
  const { input, truth, counts } = comparison;
  const { footprints, options } = input;
  const most = Math.min(
    footprints.length,
    counts.reduce((sum, flag) => sum + flag, 0),
  );
  const isGuess = options.orientation === "auto" && input.grid.orientation === "upright";
  if (2 * matched >= most || !isGuess) return [];
  let best: { readonly orientation: Orientation; readonly count: number } | null = null;
  for (const orientation of ORIENTATIONS) {
    const { height, width } = canvasIn(orientation, truth.canvas);
    if (orientation === "upright" || height !== truth.canvas.height || width !== truth.canvas.width)
      continue;
    const other = compareAgain(comparison, {
      footprints: uprightFootprints(footprints, orientation),
    });
    const { similarity: pairs } = countedPairs(other.similarity, counts);
    const count = pairs.filter((value) => value >= options.match_threshold).length;
    if (count > (best?.count ?? 0)) best = { orientation, count };
  }
  if (best === null || 2 * best.count < most) return [];
  return [
    `The footprints are probably ${WORDS[best.orientation]}, which their size does not show: turned back, ${best.count} cells would match instead of ${matched} (the option orientation: ${best.orientation}).`,
  ];
}

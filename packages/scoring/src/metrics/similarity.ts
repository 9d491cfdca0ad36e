// How alike two sets of footprints are, pair by pair, for the pairs that share a lit pixel: all others are 0.
import { type Footprints, inPeaks, type Shift, type SparseCells, sparseCells } from "./cells.ts";
import { lightSimilarity } from "./light.ts";
import { energyMasks } from "./masks.ts";
import { mapPairs, type SparseSimilarity, sharedLight } from "./pairs.ts";

export const SIMILARITY_METRICS = ["light", "iou", "cosine", "weighted_jaccard"] as const;

/**
 * - `light`: whose light a footprint gathers, and whether it lies there, however tightly it is drawn (light.ts).
 * - `iou`: intersection over union of the energy masks.
 * - `cosine`: of the weights as vectors.
 * - `weighted_jaccard`: Σ min / Σ max of the weights, each footprint summing to 1.
 */
export type SimilarityMetric = (typeof SIMILARITY_METRICS)[number];

export interface SimilarityOptions {
  /** Default "light". */
  readonly metric?: SimilarityMetric;
  /** For "light": how bright each true cell is when its footprint is multiplied by this, such as the sd of its trace. Default 1. */
  readonly brightness?: ArrayLike<number>;
  /** For "iou": the share of its light that a footprint's mask holds, above 0 and at most 1. Default 0.9. */
  readonly energyFraction?: number;
}

/**
 * The similarity of every estimated footprint, moved by `shift`, to every true one. Light that the shift carries off the
 * canvas is gone before masks and sums are taken. A dark footprint is like none. Time and memory follow the lit
 * pixels and the pairs that overlap, not the product of the counts.
 * @throws RangeError for canvases of different shape, a shift that is not whole, an unknown metric or a bad fraction.
 */
export function footprintSimilarity(
  estimate: Footprints,
  truth: Footprints,
  options: SimilarityOptions & { readonly shift?: Shift } = {},
): SparseSimilarity {
  const { metric = "light", energyFraction = 0.9, shift = [0, 0], brightness = null } = options;
  assertComparable(estimate, truth);
  if (shift.length !== 2 || !shift.every(Number.isSafeInteger)) {
    throw new RangeError(`A shift is two whole numbers of pixels, not [${shift.join(", ")}].`);
  }
  const [found, cells] = [sparseCells(estimate, shift), sparseCells(truth)];
  if (metric === "light") return lightSimilarity(found, cells, brightness);
  const rows = prepare(found, metric, energyFraction);
  const columns = prepare(cells, metric, energyFraction);
  const cosine = metric === "cosine";
  return mapPairs(sharedLight(rows, columns, cosine ? "product" : "least"), (shared, i, j) =>
    ratio(shared, rows.norms[i]!, columns.norms[j]!, cosine),
  );
}

/** @throws RangeError for canvases of different shape. */
export function assertComparable({ canvas: a }: Footprints, { canvas: b }: Footprints): void {
  if (a.height === b.height && a.width === b.width) return;
  throw new RangeError(
    `The estimate is ${a.height} × ${a.width} px, the truth ${b.height} × ${b.width}.`,
  );
}

interface Prepared extends SparseCells {
  /** Per cell: Σ weights², or Σ weights where minima are summed. */
  readonly norms: Float64Array;
}

/** Weights ready to be multiplied (cosine) or compared (the two Jaccard indices). */
function prepare(
  cells: SparseCells,
  metric: Exclude<SimilarityMetric, "light">,
  energyFraction: number,
): Prepared {
  const count = cells.starts.length - 1;
  const norms = new Float64Array(count);
  if (metric === "iou") {
    const masks = energyMasks(cells, energyFraction);
    for (let i = 0; i < count; i++) norms[i] = masks.starts[i + 1]! - masks.starts[i]!;
    return { ...masks, norms };
  }
  if (metric !== "cosine" && metric !== "weighted_jaccard") {
    throw new RangeError(`A similarity is ${SIMILARITY_METRICS.join(", ")}, not ${metric}.`);
  }
  const { weights } = inPeaks(cells);
  for (let i = 0; i < count; i++) {
    const [from, to] = [cells.starts[i]!, cells.starts[i + 1]!];
    let total = 0;
    for (let k = from; k < to; k++) total += weights[k]!;
    let norm = 0;
    for (let k = from; k < to; k++) {
      if (metric === "cosine") {
        norm += weights[k]! * weights[k]!;
      } else {
        weights[k] = weights[k]! / total;
        norm += weights[k]!;
      }
    }
    norms[i] = norm;
  }
  return { ...cells, weights, norms };
}

/** Equal footprints give 1 exactly: √(n·n) is n, and n + n − n too. Rounding may not lift others above it. */
function ratio(shared: number, a: number, b: number, cosine: boolean): number {
  return Math.min(shared / (cosine ? Math.sqrt(a * b) : a + b - shared), 1);
}

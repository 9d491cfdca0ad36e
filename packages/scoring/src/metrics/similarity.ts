// How alike two sets of footprints are, pair by pair, for the pairs that share a lit pixel: all others are 0.
import { type Footprints, peakOf, type Shift, type SparseCells, sparseCells } from "./cells.ts";
import { energyMasks } from "./masks.ts";

/**
 * - `iou`: intersection over union of the energy masks.
 * - `cosine`: of the weights as vectors.
 * - `weighted_jaccard`: Σ min / Σ max of the weights, each footprint summing to 1.
 */
export type SimilarityMetric = "iou" | "cosine" | "weighted_jaccard";

export interface SimilarityOptions {
  /** Default "iou". */
  readonly metric?: SimilarityMetric;
  /** For "iou": the share of its light that a footprint's mask holds, above 0 and at most 1. Default 0.9. */
  readonly energyFraction?: number;
}

/**
 * Estimates × truths, compressed by estimates: of estimate i, `truths[k]` (ascending) and `values[k]` (0 to 1, zeros
 * left out) for k from `starts[i]` to `starts[i + 1]` - 1.
 */
export interface SparseSimilarity {
  readonly shape: readonly [estimates: number, truths: number];
  readonly starts: Int32Array;
  readonly truths: Int32Array;
  readonly values: Float64Array;
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
  const { metric = "iou", energyFraction = 0.9, shift = [0, 0] } = options;
  assertComparable(estimate, truth);
  if (shift.length !== 2 || !shift.every(Number.isSafeInteger)) {
    throw new RangeError(`A shift is two whole numbers of pixels, not [${shift.join(", ")}].`);
  }
  const rows = prepare(sparseCells(estimate, shift), metric, energyFraction);
  const columns = prepare(sparseCells(truth), metric, energyFraction);
  return comparePairs(rows, columns, metric === "cosine");
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
function prepare(cells: SparseCells, metric: SimilarityMetric, energyFraction: number): Prepared {
  const count = cells.starts.length - 1;
  const norms = new Float64Array(count);
  if (metric === "iou") {
    const masks = energyMasks(cells, energyFraction);
    for (let i = 0; i < count; i++) norms[i] = masks.starts[i + 1]! - masks.starts[i]!;
    return { ...masks, norms };
  }
  if (metric !== "cosine" && metric !== "weighted_jaccard") {
    throw new RangeError(`A similarity is iou, cosine or weighted_jaccard, not ${metric}.`);
  }
  const weights = new Float64Array(cells.weights.length);
  for (let i = 0; i < count; i++) {
    const [from, to] = [cells.starts[i]!, cells.starts[i + 1]!];
    // In units of the peak: squares of any float neither overflow nor vanish.
    const peak = peakOf(cells, i);
    let total = 0;
    for (let k = from; k < to; k++) {
      weights[k] = cells.weights[k]! / peak;
      total += weights[k]!;
    }
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

/** Walks the lit pixels of each row's cell and adds up, for each column's cell met there, what they share. */
function comparePairs(rows: Prepared, columns: Prepared, cosine: boolean): SparseSimilarity {
  const shape = [rows.norms.length, columns.norms.length] as const;
  const index = byPixel(columns);
  const shared = new Float64Array(shape[1]);
  const starts = new Int32Array(shape[0] + 1);
  const truths: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < shape[0]; i++) {
    const met = new Set<number>();
    for (let k = rows.starts[i]!; k < rows.starts[i + 1]!; k++) {
      const a = rows.weights[k]!;
      const pixel = rows.pixels[k]!;
      for (let slot = index.starts[pixel]!; slot < index.starts[pixel + 1]!; slot++) {
        const j = index.cells[slot]!;
        const b = index.weights[slot]!;
        if (shared[j] === 0) met.add(j);
        shared[j]! += cosine ? a * b : Math.min(a, b);
      }
    }
    for (const j of [...met].sort((a, b) => a - b)) {
      const value = ratio(shared[j]!, rows.norms[i]!, columns.norms[j]!, cosine);
      shared[j] = 0;
      if (value === 0) continue;
      truths.push(j);
      values.push(value);
    }
    starts[i + 1] = truths.length;
  }
  return { shape, starts, truths: Int32Array.from(truths), values: Float64Array.from(values) };
}

/** Equal footprints give 1 exactly: √(n·n) is n, and n + n − n too. Rounding may not lift others above it. */
function ratio(shared: number, a: number, b: number, cosine: boolean): number {
  return Math.min(shared / (cosine ? Math.sqrt(a * b) : a + b - shared), 1);
}

/** Which cells light each pixel, ascending, and how much. */
function byPixel({ canvas, starts, pixels, weights }: SparseCells) {
  const size = canvas.height * canvas.width;
  const slots = new Int32Array(size + 1);
  for (const pixel of pixels) slots[pixel + 1]! += 1;
  for (let pixel = 0; pixel < size; pixel++) slots[pixel + 1]! += slots[pixel]!;
  const next = slots.slice();
  const cells = new Int32Array(pixels.length);
  const light = new Float64Array(pixels.length);
  for (let i = 0; i + 1 < starts.length; i++) {
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const slot = next[pixels[k]!]!;
      cells[slot] = i;
      light[slot] = weights[k]!;
      next[pixels[k]!] = slot + 1;
    }
  }
  return { starts: slots, cells, weights: light };
}

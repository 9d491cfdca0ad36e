// Estimates × truths as a sparse matrix, and the pixels that two sets of footprints share.
import type { SparseCells } from "./cells.ts";

/**
 * Estimates × truths, compressed by estimates: of estimate i, `truths[k]` (ascending) and `values[k]` (0 to 1, zeros
 * left out) for k from `starts[i]` to `starts[i + 1]` - 1.
 */
export interface SparseSimilarity {
  readonly shape: readonly [estimates: number, truths: number];
  readonly starts: Int32Array;
  readonly truths: Int32Array;
  readonly values: Float64Array;
  /** What the sum over a pairing's pairs is made largest of, one for each value; the values themselves where absent. */
  readonly preference?: Float64Array;
}

/** Σ over the pixels that both light, of a · b or of the smaller of the two, for all cells that share one. */
export function sharedLight(
  rows: SparseCells,
  columns: SparseCells,
  term: "product" | "least",
): SparseSimilarity {
  const shape = [rows.starts.length - 1, columns.starts.length - 1] as const;
  const index = byPixel(columns);
  const isProduct = term === "product";
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
        shared[j]! += isProduct ? a * b : Math.min(a, b);
      }
    }
    for (const j of [...met].sort((a, b) => a - b)) {
      truths.push(j);
      values.push(shared[j]!);
      shared[j] = 0;
    }
    starts[i + 1] = truths.length;
  }
  return { shape, starts, truths: Int32Array.from(truths), values: Float64Array.from(values) };
}

/** Other values, and preferences, for the same pairs; those that become 0 are left out. */
export function mapPairs(
  { shape, starts, truths, values }: SparseSimilarity,
  newValue: (value: number, estimate: number, truth: number) => number,
  newPreference?: (value: number, slot: number) => number,
): SparseSimilarity {
  const newStarts = new Int32Array(starts.length);
  const kept: number[] = [];
  const mapped: number[] = [];
  for (let estimate = 0; estimate < shape[0]; estimate++) {
    for (let k = starts[estimate]!; k < starts[estimate + 1]!; k++) {
      const value = newValue(values[k]!, estimate, truths[k]!);
      if (value === 0) continue;
      kept.push(k);
      mapped.push(value);
    }
    newStarts[estimate + 1] = kept.length;
  }
  const made = {
    shape,
    starts: newStarts,
    truths: Int32Array.from(kept, (k) => truths[k]!),
    values: Float64Array.from(mapped),
  };
  if (!newPreference) return made;
  return { ...made, preference: Float64Array.from(kept, (k, n) => newPreference(mapped[n]!, k)) };
}

/** The pairs that are kept, with their values and preferences. */
export function filterPairs(
  similarity: SparseSimilarity,
  keep: (estimate: number, truth: number, value: number) => boolean,
): SparseSimilarity {
  const { preference } = similarity;
  return mapPairs(
    similarity,
    (value, estimate, truth) => (keep(estimate, truth, value) ? value : 0),
    preference && ((_, slot) => preference[slot]!),
  );
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

// Which estimate is which cell, in two rounds: cells that count first, then those that only excuse.
import { assignPairs, type Pairs } from "./metrics/assign.ts";
import type { SparseSimilarity } from "./metrics/similarity.ts";

/** Pairs by ascending estimate. */
export interface Pairing {
  /** Of estimates with cells that count, whatever their similarity: the sum of similarities is the largest there is. */
  readonly counted: Pairs;
  /** Of estimates left over with cells that do not count, all at the threshold or above. */
  readonly excused: Pairs;
  /** How many pairs of the first round reach the threshold. */
  readonly matched: number;
}

/** `counts`: 1 for every true cell that is in the denominator of recall. */
export function countedPairs(similarity: SparseSimilarity, counts: Uint8Array): Pairs {
  return assignPairs(filtered(similarity, (_, truth) => counts[truth] === 1));
}

/** The second round, at one threshold. */
export function pairingAt(
  threshold: number,
  similarity: SparseSimilarity,
  counts: Uint8Array,
  counted: Pairs,
): Pairing {
  const taken = new Uint8Array(similarity.shape[0]);
  let matched = 0;
  for (const [k, estimate] of counted.estimate.entries()) {
    if (counted.similarity[k]! < threshold) continue;
    taken[estimate] = 1;
    matched += 1;
  }
  const leftOver = (estimate: number, truth: number, value: number) =>
    taken[estimate] === 0 && counts[truth] === 0 && value >= threshold;
  return { counted, excused: assignPairs(filtered(similarity, leftOver)), matched };
}

function filtered(
  { shape, starts, truths, values }: SparseSimilarity,
  keep: (estimate: number, truth: number, value: number) => boolean,
): SparseSimilarity {
  const kept: number[] = [];
  const newStarts = new Int32Array(starts.length);
  for (let estimate = 0; estimate < shape[0]; estimate++) {
    for (let k = starts[estimate]!; k < starts[estimate + 1]!; k++) {
      if (keep(estimate, truths[k]!, values[k]!)) kept.push(k);
    }
    newStarts[estimate + 1] = kept.length;
  }
  return {
    shape,
    starts: newStarts,
    truths: Int32Array.from(kept, (k) => truths[k]!),
    values: Float64Array.from(kept, (k) => values[k]!),
  };
}

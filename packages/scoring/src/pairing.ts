// Which estimate is which cell, in two rounds: cells that count first, then those that only excuse.
import { assignPairs, type Pairs } from "./metrics/assign.ts";
import { filterPairs, type SparseSimilarity } from "./metrics/pairs.ts";

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
  return assignPairs(filterPairs(similarity, (_, truth) => counts[truth] === 1));
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
  return { counted, excused: assignPairs(filterPairs(similarity, leftOver)), matched };
}

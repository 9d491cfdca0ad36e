// The second view of a pairing: of each the best of the others, whoever else has it.
import type { SparseSimilarity } from "./metrics/pairs.ts";

/** Of every estimate or every cell: its best partner, and how alike they are; null where there is none. */
export interface BestPartner {
  readonly partner: number | null;
  readonly similarity: number | null;
}

export interface BestMatch {
  readonly ofEstimates: readonly BestPartner[];
  readonly ofCells: readonly BestPartner[];
}

/** Where preferences are given, the best is that of the largest preference. */
export function bestMatch({
  shape,
  starts,
  truths,
  values,
  preference,
}: SparseSimilarity): BestMatch {
  const worth = preference ?? values;
  const [estimates, cells] = shape;
  const ofEstimates = new Array<number>(estimates).fill(-1);
  const ofCells = new Array<number>(cells).fill(-1);
  const rows = new Int32Array(values.length);
  const isBetter = (k: number, than: number) => than < 0 || worth[k]! > worth[than]!;
  for (let j = 0; j < estimates; j++) {
    for (let k = starts[j]!; k < starts[j + 1]!; k++) {
      rows[k] = j;
      if (isBetter(k, ofEstimates[j]!)) ofEstimates[j] = k;
      if (isBetter(k, ofCells[truths[k]!]!)) ofCells[truths[k]!] = k;
    }
  }
  const partnersOf = (best: readonly number[], names: Int32Array) =>
    best.map((k) => (k < 0 ? NONE : { partner: names[k]!, similarity: values[k]! }));
  return { ofEstimates: partnersOf(ofEstimates, truths), ofCells: partnersOf(ofCells, rows) };
}

const NONE: BestPartner = { partner: null, similarity: null };

// Of every estimate: how many transients its trace has, and whose light is in them.
import type { Comparison } from "./comparison.ts";
import { type Attribution, attributionOf, type CellUnder } from "./metrics/attribution.ts";
import { sparseCells } from "./metrics/cells.ts";
import { sharedLight } from "./metrics/pairs.ts";
import { transientsOf } from "./metrics/transients.ts";
import type { EstimatePair } from "./pair-rows.ts";
import { rowOf } from "./trace-scores.ts";

/** A part of an `EstimateRow`. */
export interface AttributionRow {
  /** Transients of its C; null without C. */
  readonly n_transients: number | null;
  /** Of these, how many are mostly the light of another cell than the one that it is, or nobody's; null for one that is no cell. */
  readonly n_misattributed: number | null;
  /** How many are nobody's: noise or background. */
  readonly n_nobodys: number | null;
  /** n_misattributed / n_transients. */
  readonly misattributed_fraction: number | null;
  /** A row of the attribution matrix: the cells whose light is in its transients. */
  readonly attribution: Attribution["cells"];
}

/** Of the matched estimates together. */
export interface AttributionCounts {
  readonly n_transients: number | null;
  readonly n_misattributed: number | null;
  readonly n_nobodys: number | null;
  readonly misattributed_fraction: number | null;
}

export function attributionRows(
  { input, truth: footprints, shift }: Comparison,
  pairs: readonly EstimatePair[],
): AttributionRow[] {
  const { C, truth } = input;
  if (C === null) return pairs.map(() => NONE);
  const gathered = sharedLight(
    sparseCells(input.footprints, shift),
    sparseCells(footprints),
    "product",
  );
  const calcium = truth.field("C");
  const known = new Map<number, ArrayLike<number>>();
  const activityOf = (cell: number) => {
    const trace = known.get(cell) ?? calcium.rows(cell, cell + 1);
    known.set(cell, trace);
    return trace;
  };
  return pairs.map(({ estimate, status, cell }) => {
    const under: CellUnder[] = [];
    for (let k = gathered.starts[estimate]!; k < gathered.starts[estimate + 1]!; k++) {
      const other = gathered.truths[k]!;
      under.push({ cell: other, gathered: gathered.values[k]!, activity: activityOf(other) });
    }
    const own = status === "false_positive" ? null : cell;
    return rowFrom(attributionOf(transientsOf(rowOf(C, estimate)), under, own));
  });
}

const NONE: AttributionRow = {
  n_transients: null,
  n_misattributed: null,
  n_nobodys: null,
  misattributed_fraction: null,
  attribution: [],
};

function rowFrom({ n_transients, n_own, n_nobodys, cells }: Attribution): AttributionRow {
  const n_misattributed = n_own === null ? null : n_transients - n_own;
  return {
    ...{ n_transients, n_misattributed, n_nobodys, attribution: cells },
    misattributed_fraction: fraction(n_misattributed, n_transients),
  };
}

const fraction = (part: number | null, whole: number | null): number | null =>
  part === null || !whole ? null : part / whole;

export function attributionCounts(
  pairs: readonly EstimatePair[],
  rows: readonly AttributionRow[],
): AttributionCounts {
  const matched = rows.filter((_, j) => pairs[j]!.status === "matched");
  const sum = (name: "n_transients" | "n_misattributed" | "n_nobodys") => {
    const known = matched.map((row) => row[name]).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
  };
  const [n_transients, n_misattributed] = [sum("n_transients"), sum("n_misattributed")];
  return {
    ...{ n_transients, n_misattributed, n_nobodys: sum("n_nobodys") },
    misattributed_fraction: fraction(n_misattributed, n_transients),
  };
}

// What the rows of a report say of classes and best matches, and how many there are of each.
import { bestMatch } from "./best-match.ts";
import { CELL_CLASSES, ESTIMATE_CLASSES, verdictsOf } from "./classes.ts";
import type { Comparison } from "./comparison.ts";
import { filterPairs } from "./metrics/pairs.ts";
import { MISSED_REASONS, missedBecause } from "./missed-because.ts";
import type { EstimatePair } from "./pair-rows.ts";
import type { BestMatches, CellRow, ClassCounts, EstimateRow } from "./report.ts";
import type { TrueCell } from "./true-cells.ts";

type CellPart = Pick<
  CellRow,
  "best_estimate" | "best_similarity" | "class" | "drawn_by" | "merged_with" | "missed_because"
>;
type EstimatePart = Pick<
  EstimateRow,
  "best_cell" | "best_similarity" | "class" | "composition" | "explained" | "coverage"
>;

export function classRows(
  comparison: Comparison,
  pairs: readonly EstimatePair[],
  cells: readonly TrueCell[],
): { readonly cells: CellPart[]; readonly estimates: EstimatePart[] } {
  const paired = Int32Array.from(pairs, ({ status, cell }) =>
    status === "false_positive" ? -1 : cell!,
  );
  const best = bestMatch(comparison.similarity);
  const nearest = Int32Array.from(best.ofEstimates, ({ partner }) => partner ?? -1);
  const verdicts = verdictsOf(comparison, paired, nearest);
  return {
    cells: verdicts.cells.map((verdict, i) => ({
      best_estimate: best.ofCells[i]!.partner,
      best_similarity: best.ofCells[i]!.similarity,
      ...verdict,
      missed_because: verdict.class === "missed" ? missedBecause(cells[i]!) : null,
    })),
    estimates: verdicts.estimates.map((verdict, j) => ({
      best_cell: best.ofEstimates[j]!.partner,
      best_similarity: best.ofEstimates[j]!.similarity,
      ...verdict,
    })),
  };
}

export function classCounts(
  cells: readonly CellRow[],
  estimates: readonly EstimateRow[],
): ClassCounts {
  const counted = cells.filter((cell) => cell.counted);
  return {
    estimate_classes: tally(ESTIMATE_CLASSES, estimates, (row) => row.class),
    cell_classes: tally(CELL_CLASSES, counted, (row) => row.class),
    missed_because: tally(MISSED_REASONS, counted, (row) => row.missed_because),
  };
}

export function bestMatches({ similarity, counts }: Comparison, threshold: number): BestMatches {
  const alike = filterPairs(
    similarity,
    (_, truth, value) => counts[truth] === 1 && value >= threshold,
  );
  const estimates = alike.starts.slice(1).filter((end, j) => end > alike.starts[j]!);
  return { n_cells_matched: new Set(alike.truths).size, n_estimates_matched: estimates.length };
}

function tally<Name extends string, Row>(
  names: readonly Name[],
  rows: readonly Row[],
  nameOf: (row: Row) => Name | null,
): Record<Name, number> {
  const count = (name: Name) => rows.filter((row) => nameOf(row) === name).length;
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<Name, number>;
}

// The rows of a report: of every cell and every estimate, whom it pairs with and how well its traces agree.
import type { GroundTruth } from "@minisim/recording";
import type { Pairing } from "./pairing.ts";
import type { ScoreInput } from "./score-options.ts";
import { NO_TRACES, type TraceScores, traceScores } from "./trace-scores.ts";

/** Of a cell: whom it pairs with. */
export interface CellPair extends TraceScores {
  /** An estimate pairs with it at the threshold or above. */
  readonly matched: boolean;
  /** The estimate that pairs with it, below the threshold too. */
  readonly estimate: number | null;
  /** 0 to 1, of that pair. */
  readonly similarity: number | null;
}

/** Of an estimate: whom it pairs with. */
export interface EstimatePair extends TraceScores {
  /** Its index among the footprints. */
  readonly estimate: number;
  /** `excused`: it is a real cell, but not one that counts. `false_positive`: it is none, or one found already. */
  readonly status: "matched" | "excused" | "false_positive";
  /** The true cell that it pairs with, below the threshold too. */
  readonly cell: number | null;
  readonly similarity: number | null;
}

export function pairRows(
  { counted, excused }: Pairing,
  threshold: number,
  input: ScoreInput,
  truth: GroundTruth,
): { cells: CellPair[]; estimates: EstimatePair[] } {
  const lone = { matched: false, estimate: null, similarity: null, ...NO_TRACES };
  const cells: CellPair[] = Array.from({ length: truth.n_units }, () => lone);
  const estimates = Array.from({ length: input.footprints.length }, (_, estimate): EstimatePair => {
    return { estimate, status: "false_positive", cell: null, similarity: null, ...NO_TRACES };
  });
  const pair = (
    estimate: number,
    cell: number,
    similarity: number,
    status: "matched" | "excused",
  ) => {
    const matched = similarity >= threshold;
    const traces = matched ? traceScores(input, estimate, truth, cell) : NO_TRACES;
    cells[cell] = { matched, estimate, similarity, ...traces };
    const row = { estimate, cell, similarity, ...traces };
    estimates[estimate] = { ...row, status: matched ? status : "false_positive" };
  };
  for (const [k, estimate] of counted.estimate.entries()) {
    pair(estimate, counted.truth[k]!, counted.similarity[k]!, "matched");
  }
  // Those left below the threshold in the first round pair with what they are.
  for (const [k, estimate] of excused.estimate.entries()) {
    const missed = estimates[estimate]!.cell;
    if (missed !== null) cells[missed] = lone;
    pair(estimate, excused.truth[k]!, excused.similarity[k]!, "excused");
  }
  return { cells, estimates };
}

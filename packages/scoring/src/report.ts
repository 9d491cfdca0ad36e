// The report of a score: every count, every share, a row for each cell and for each estimate.

import type { AttributionCounts, AttributionRow } from "./attributions.ts";
import type { CellClass, EstimateClass } from "./classes.ts";
import type { DetectionCounts, DetectionShares } from "./detection-counts.ts";
import type { Grid } from "./grid/grid.ts";
import type { ImageScores } from "./image-scores.ts";
import type { MissedReason } from "./missed-because.ts";
import type { MotionErrors } from "./motion-errors.ts";
import type { CellPair, EstimatePair } from "./pair-rows.ts";
import type { PairwiseCorrelation } from "./pairwise.ts";
import type { ShiftError } from "./shift-error.ts";
import type { TrueCell } from "./true-cells.ts";

export interface CellRow extends TrueCell, CellPair {
  /** In the denominator of recall. */
  readonly counted: boolean;
  /** The estimate that is most like it, whoever else is like that estimate, and how much. */
  readonly best_estimate: number | null;
  readonly best_similarity: number | null;
  /** What became of it, and of whom with it: classes.ts. */
  readonly class: CellClass;
  readonly drawn_by: readonly number[];
  readonly merged_with: readonly number[];
  /** What makes it hard; null unless it was missed. */
  readonly missed_because: MissedReason | null;
}

export interface EstimateRow extends EstimatePair, AttributionRow {
  /** The true cell that it is most like, whoever else is like that cell, and how much. */
  readonly best_cell: number | null;
  readonly best_similarity: number | null;
  readonly class: EstimateClass;
  /** The true cells that it is made of, by descending share of its light. */
  readonly composition: readonly { readonly cell: number; readonly share: number }[];
  /** 0 to 1: the share of its energy (Σ weights²) that these explain, drawn as the tool draws. */
  readonly explained: number;
  /** 0 to 1: how much it draws of the core of the first of them; null without. */
  readonly coverage: number | null;
}

/** How many are of each class; the three add up to the estimates, to the cells that count, and to the missed ones of these. */
export interface ClassCounts {
  readonly estimate_classes: Readonly<Record<EstimateClass, number>>;
  readonly cell_classes: Readonly<Record<CellClass, number>>;
  readonly missed_because: Readonly<Record<MissedReason, number>>;
}

/** Matches when each estimate and each cell may be matched by several. */
export interface BestMatches {
  /** Cells that count to which some estimate is alike, at the threshold or above. */
  readonly n_cells_matched: number;
  /** Estimates that are alike to some cell that counts. */
  readonly n_estimates_matched: number;
}

/** The pixels and frames that the estimate lives on, and the truth was brought to: grid.ts. All pixels of the report are of this grid. */
export interface ReportGrid
  extends Pick<
    Grid,
    "orientation" | "crop" | "spatial_binning" | "frame_stride" | "frame_binning"
  > {
  readonly n_frames: number;
  readonly height: number;
  readonly width: number;
}

/** The detection scores at another threshold. */
export interface CurvePoint extends DetectionShares {
  readonly threshold: number;
  readonly n_matched: number;
  readonly n_excused: number;
}

export interface ReportData
  extends DetectionCounts,
    DetectionShares,
    MotionErrors,
    ShiftError,
    AttributionCounts,
    ImageScores,
    ClassCounts {
  readonly match_metric: string;
  readonly match_threshold: number;
  readonly restrict_to_detectable: boolean;
  /** Cells in the ground truth: planted, and in view. */
  readonly n_requested: number;
  readonly n_detectable: number;
  /** Mean similarity of the matched pairs. */
  readonly mean_overlap: number | null;
  /** Medians over the matched cells that have the score. */
  readonly median_trace_corr: number | null;
  readonly median_dff_error: number | null;
  readonly median_activity_corr: number | null;
  readonly median_activity_variance_explained: number | null;
  readonly median_activity_scale: number | null;
  readonly median_count_corr_100ms: number | null;
  readonly median_count_corr_500ms: number | null;
  readonly median_count_corr_1s: number | null;
  readonly median_event_precision: number | null;
  readonly median_event_recall: number | null;
  readonly median_event_f1: number | null;
  /** How many frames an estimated event may be from a true one. */
  readonly event_tolerance_frames: number;
  readonly pairwise_correlation: PairwiseCorrelation;
  readonly grid: ReportGrid;
  /** (dy, dx) px by which the estimate's footprints were moved. */
  readonly footprint_shift: readonly [dy: number, dx: number];
  readonly best_match: BestMatches;
  readonly cells: readonly CellRow[];
  readonly estimates: readonly EstimateRow[];
  /** At thresholds 0.1, 0.2 … 0.9. */
  readonly curve: readonly CurvePoint[];
  /** What the numbers do not say, a sentence each: what reading the estimate decided, and what is odd about it. */
  readonly notes: readonly string[];
}

// Declaration merging: the instance carries every field of the data.
export interface Report extends ReportData {}

/** Frozen; `JSON.stringify` gives its fields. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor assigns all fields of the merged interface.
export class Report {
  constructor(data: ReportData) {
    Object.assign(this, data);
    Object.freeze(this);
  }

  /** One line for people, denominators included. */
  summary(): string {
    const { recall, precision, f1, n_matched, n_true, n_est, n_excused, n_requested } = this;
    const which = this.restrict_to_detectable
      ? `${n_true} detectable cells; ${n_requested} planted`
      : `${n_true} planted cells; ${this.n_detectable} detectable`;
    const claims = n_est - n_excused;
    const excused =
      n_excused > 0 ? `${claims} found, and ${n_excused} of undetectable cells` : `${claims} found`;
    const parts = [
      `recall ${share(recall)} (${n_matched} of ${which})`,
      `precision ${share(precision)} (${n_matched} of ${excused})`,
      `F1 ${share(f1)}`,
      median("trace r", this.median_trace_corr),
      median("activity r", this.median_activity_corr),
      this.shift_rmse === null ? null : `shift error ${this.shift_rmse.toFixed(2)} px`,
    ];
    return parts.filter((part) => part !== null).join(", ");
  }
}

const share = (value: number | null): string => value?.toFixed(2) ?? "–";

const median = (what: string, value: number | null): string | null =>
  value === null ? null : `median ${what} ${value.toFixed(2)}`;

// A report along a property of the cells: recall by depth, by SNR, by crowding, by vessels.
import { InputError, shown } from "@minisim/spec/input";
import type { CellRow, Report } from "./report.ts";
import { medianOf, wilsonInterval } from "./statistics.ts";

/** What cells can be binned by. */
export const BIN_FIELDS = [
  "depth_um",
  "detection_snr",
  "transient_dprime",
  "spike_dprime",
  "overlap_cost",
  "predicted_trace_corr",
  "n_spikes",
  "nearest_neighbour_um",
  "neighbour_overlap_fraction",
  "vessel_overlap_fraction",
  "y_um",
  "x_um",
] as const;
export type BinField = (typeof BIN_FIELDS)[number];

export interface BinOptions {
  /** "counted" (default): the cells in the denominator of the report's recall; "all": undetectable ones too. */
  readonly of?: "counted" | "all";
}

/** Cells with from ≤ value < to; the last bin holds its upper edge too. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly n_matched: number;
  /** n_matched / n; null of no cells. */
  readonly recall: number | null;
  /** 95 % interval of the recall, Wilson's. */
  readonly recall_low: number | null;
  readonly recall_high: number | null;
  /** Over matched cells. */
  readonly median_trace_corr: number | null;
  readonly median_activity_corr: number | null;
}

export interface Binned {
  readonly field: BinField;
  readonly bins: readonly Bin[];
  /** Cells outside all bins, or without the value. */
  readonly n_outside: number;
}

/** @throws InputError for an unknown field or edges that do not rise. */
export function binBy(
  report: Pick<Report, "cells">,
  field: BinField,
  edges: readonly number[],
  { of = "counted" }: BinOptions = {},
): Binned {
  const problems: string[] = [];
  if (!BIN_FIELDS.includes(field)) {
    problems.push(`Cells are binned by ${BIN_FIELDS.join(", ")}, not by ${shown(field)}.`);
  }
  const rising = edges.every((edge, k) => k === 0 || edge > edges[k - 1]!);
  if (edges.length < 2 || !rising || edges.some(Number.isNaN)) {
    problems.push(
      `The edges of bins are at least two numbers that rise, not ${shown([...edges])}.`,
    );
  }
  if (of !== "counted" && of !== "all") {
    problems.push(`Bins are of "counted" cells or of "all", not of ${shown(of)}.`);
  }
  if (problems.length > 0) throw new InputError(problems);
  const cells = of === "all" ? report.cells : report.cells.filter((cell) => cell.counted);
  const last = edges.length - 2;
  const bins = edges.slice(0, -1).map((from, k): Bin => {
    const to = edges[k + 1]!;
    return binOf(
      from,
      to,
      cells.filter((cell) => within(cell[field], from, to, k === last)),
    );
  });
  return { field, bins, n_outside: cells.length - bins.reduce((sum, bin) => sum + bin.n, 0) };
}

function within(value: number | null, from: number, to: number, closed: boolean): boolean {
  return value !== null && value >= from && (value < to || (closed && value === to));
}

function binOf(from: number, to: number, cells: readonly CellRow[]): Bin {
  const matched = cells.filter((cell) => cell.matched);
  const interval = wilsonInterval(matched.length, cells.length);
  return {
    from,
    to,
    n: cells.length,
    n_matched: matched.length,
    recall: cells.length === 0 ? null : matched.length / cells.length,
    recall_low: interval?.[0] ?? null,
    recall_high: interval?.[1] ?? null,
    median_trace_corr: medianOf(matched.map((cell) => cell.trace_corr)),
    median_activity_corr: medianOf(matched.map((cell) => cell.activity_corr)),
  };
}

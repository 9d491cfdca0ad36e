// What the page knows of what was opened, and of what was found in it: plain data that travels from the worker.
import type { CellClass, EstimateClass } from "./classes.ts";

/** A movie or a recording that was dropped. */
export interface OpenedMovie {
  readonly number: number;
  readonly name: string;
  /** A recording of ours has a truth, and results can be held against it. */
  readonly hasTruth: boolean;
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  /** Whether the file is known to keep its frames with losses. */
  readonly isLossy: boolean;
  /** Null where the file does not tell. */
  readonly fps: number | null;
  readonly pixelSizeUm: number | null;
}

export interface MeasureRow {
  readonly measure: string;
  readonly value: number | null;
  /** The range of published recordings. */
  readonly low: number;
  readonly high: number;
  readonly verdict: "below" | "inside" | "above" | "other scale" | null;
}

export interface Measured {
  readonly rows: readonly MeasureRow[];
  /** Frames that were measured, from the first on. */
  readonly frames: number;
  readonly seconds: number;
}

/** Closed outlines, of which each belongs to one estimate or cell; points are (y, x) in pixels of the field of view. */
export interface Drawn<Class extends string> {
  readonly class: Class;
  readonly loops: readonly Float32Array[];
}

/** A result held against the truth. */
export interface Judgement {
  readonly name: string;
  readonly summary: string;
  readonly recall: number | null;
  readonly precision: number | null;
  readonly n_matched: number;
  readonly n_true: number;
  readonly n_est: number;
  readonly n_excused: number;
  readonly median_trace_corr: number | null;
  /** What a trace of a cell that counts could correlate with the truth at most, by its light and its noise: the median. */
  readonly ceiling_trace_corr: number | null;
  readonly estimates: readonly Drawn<EstimateClass>[];
  /** Cells that count and that were missed. */
  readonly missed: readonly Drawn<CellClass>[];
  readonly missedBecause: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  /** frame × (dy, dx) px by which the tissue is displaced; null where nothing moves. */
  readonly shifts: Float64Array | null;
}

/** What results are held against: the recording of a spec, or a store that was opened. */
export type Target = { readonly spec: unknown } | { readonly opened: number };

export interface Progress {
  readonly what: string;
  /** 0..1. */
  readonly share: number;
}

// What an analysis pipeline found, in the one form that scores take.
import type { Footprints } from "./cells.ts";

/** One row a cell (or a frame), row-major. An ndarray in row-major order is one. */
export interface Rows {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** Light behind the cells: the sum over components of an image times a time course. */
export interface EstimatedBackground {
  /** component × height × width. */
  readonly spatial: Rows;
  /** component × frame. */
  readonly temporal: Rows;
}

/** Shifts of rectangles of the field of view, as a piecewise-rigid motion correction finds them. */
export interface PatchShifts {
  /** patch × 4: first row, first column, height and width, whole px on the field of view. */
  readonly patches: Rows;
  /** frame × patch × 2, (dy, dx) px: where the content was displaced to; + down and right. */
  readonly shifts: Rows;
}

export interface Estimate {
  readonly footprints: Footprints;
  /** unit × frame: fluorescence or calcium, in any unit. */
  readonly C: Rows | null;
  /** unit × frame: spikes or a rate, in any unit. */
  readonly S: Rows | null;
  /** frame × 2, (dy, dx) px: where the content was displaced to; + down and right. */
  readonly shifts: Rows | null;
  readonly patch_shifts?: PatchShifts | null;
  /** In any unit. */
  readonly background_light?: EstimatedBackground | null;
  /** height × width: the mean over time of the movie after motion correction. */
  readonly mean_image?: Rows | null;
  /** What was applied or decided when it was read, a sentence each: curation, merges, the order of axes. */
  readonly notes?: readonly string[];
  /** Where it comes from, such as a file: begins the sentences of errors about it. */
  readonly source?: string;
}

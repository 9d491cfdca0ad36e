// A movie as it lies in its file: numbers along axes in any order, which are read part by part.
import type { FrameRange } from "@minisim/recording";
import type { Block } from "../zarr2/array.ts";

export type NumberType = "bool" | `${"u" | ""}int${8 | 16 | 32 | 64}` | `float${8 | 16 | 32 | 64}`;

/** Some of the numbers. Where there is a `first`, the one at (0, 0, …) is there in `data`. */
export interface Part extends Block {
  readonly first?: number;
}

export interface StoredMovie {
  /** The file, and the place in it: begins the sentences of errors. */
  readonly place: string;
  readonly shape: readonly number[];
  /** A letter for each axis, where the file tells: T, Y, X, and any other for what is none of them. */
  readonly axes?: string | undefined;
  readonly type: NumberType;
  /** Frames per second. */
  readonly fps?: number | undefined;
  /** Side of a pixel in the tissue. */
  readonly pixel_size_um?: number | undefined;
  /** Whether the file is known to keep its frames with losses. */
  readonly isLossy?: boolean;
  /** Whether the parts of a range of axis 0 come in its order, each of one frame: then they are asked for only once. */
  readonly isStream?: boolean;
  /** How many indices of an axis have to be read where one is wanted. */
  atOnce(axis: number): number;
  /** Parts that hold the given indices of an axis; they may hold others, and need not hold what is 0. */
  parts(axis: number, range: FrameRange): AsyncIterable<Part>;
}

// A movie as it lies in its file: numbers along axes in any order, which are read part by part.
import type { FrameRange } from "@minisim/recording";

export type NumberType = "bool" | `${"u" | ""}int${8 | 16 | 32 | 64}` | `float${8 | 16 | 32 | 64}`;

/** Some of the numbers: `shape` of them from `origin` on; that at (i, j, …) is data[first + i · stride[0] + j · stride[1] + …]. */
export interface Part {
  readonly origin: readonly number[];
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  /** 0 where absent. */
  readonly first?: number;
  readonly data: ArrayLike<number | bigint>;
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
  /** Whether the parts of a range of axis 0 come in its order, each of one frame: then they are asked for only once. */
  readonly isStream?: boolean;
  /** How many indices of an axis have to be read where one is wanted. */
  atOnce(axis: number): number;
  /** Parts that hold the given indices of an axis; they may hold others, and need not hold what is 0. */
  parts(axis: number, range: FrameRange): AsyncIterable<Part>;
}

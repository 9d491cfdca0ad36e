// Numbers of a dataset: what is expected of them, how they lie in the file, and as they are read.

/** A row-major array of numbers. */
export interface Numbers {
  readonly shape: readonly number[];
  /** Float32Array where the file holds those. */
  readonly data: Float32Array | Float64Array;
}

export type Range = readonly [start: number, end: number];

export interface Layout {
  readonly shape: readonly number[];
  /** Null where it is not in chunks. */
  readonly chunks: readonly number[] | null;
  readonly type: `${"u" | ""}int${8 | 16 | 32 | 64}` | `float${8 | 16 | 32 | 64}`;
}

export interface Expected {
  /** How many dimensions, or which numbers of them may be. */
  readonly dims?: number | readonly number[];
  /** Name of each dimension, for messages. */
  readonly layout?: string;
}

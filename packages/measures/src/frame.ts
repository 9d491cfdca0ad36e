// One frame on its way through the measures.

export interface Size {
  readonly height: number;
  readonly width: number;
}

export interface Frame {
  /** Number of the frame, from 0. */
  readonly index: number;
  /** The frame, row-major. Valid until the next frame. */
  readonly pixels: Float64Array;
  /** The frame less the first frame: sums of its squares do not drown in the level. */
  readonly change: Float64Array;
}

// What movies have in common that are stored frame by frame, in order.
import type { FrameRange } from "@minisim/recording";
import type { Part, StoredMovie } from "./stored-movie.ts";

/** A movie of this shape, whose parts are its frames; `partsOf` reads a range of them. */
export function frameByFrame(
  shape: readonly [n_frames: number, height: number, width: number],
  partsOf: (range: FrameRange) => AsyncIterable<Part>,
): Pick<StoredMovie, "shape" | "atOnce" | "parts"> {
  return {
    shape,
    atOnce: (axis) => (axis === 0 ? 1 : shape[axis]!),
    parts: (axis, range) => partsOf(axis === 0 ? range : { start: 0, end: shape[0] }),
  };
}

/** One frame, row by row. */
export function framePart(
  frame: number,
  { height, width }: { readonly height: number; readonly width: number },
  data: Part["data"],
): Part {
  return { origin: [frame, 0, 0], shape: [1, height, width], stride: [0, width, 1], data };
}

// The pixels of a block's frames, for the verbs that move frames.
import type { BlockShape } from "../operands.ts";

/** The value at a place; outside of the frame it is 0. */
export const pixelsOf =
  (source: ArrayLike<number>, { height, width }: BlockShape) =>
  (f: number, row: number, col: number): number => {
    const inside = row >= 0 && row < height && col >= 0 && col < width;
    return inside ? source[(f * height + row) * width + col]! : 0;
  };

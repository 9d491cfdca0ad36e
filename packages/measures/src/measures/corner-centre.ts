// How much darker the corners are than the centre.
import type { Size } from "../frame.ts";

/** The side of a corner square, as a share of the height; the central square has twice the side. */
const SHARE = 0.08;

/** Mean of the four corner squares of the mean image over the mean of the central square. Ratio, without unit. */
export function cornerCentre(mean: Float64Array, { height, width }: Size): number {
  const side = Math.max(1, Math.floor(height * SHARE));
  const square = (y: number, x: number, length: number) => {
    let sum = 0;
    for (let row = y; row < y + length; row++) {
      for (let column = x; column < x + length; column++) sum += mean[row * width + column]!;
    }
    return sum / (length * length);
  };
  const corners =
    square(0, 0, side) +
    square(0, width - side, side) +
    square(height - side, 0, side) +
    square(height - side, width - side, side);
  return corners / 4 / square((height >> 1) - side, (width >> 1) - side, 2 * side);
}

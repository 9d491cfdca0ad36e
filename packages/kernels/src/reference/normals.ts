// Standard normals from Philox words by Box-Muller, in float64.
import { cos, log, sin } from "../math.ts";
import type { NoiseWindow, PhiloxKey } from "../operands.ts";
import { philox } from "./philox.ts";

/** The normal at (row, col) of an unbounded field has the counter (col, row, 1, 0). */
export function normals(
  target: Float64Array,
  { rows, cols, rowStart, colStart }: NoiseWindow,
  key: PhiloxKey,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      const words = philox([colStart + c, rowStart + r, 1, 0], key);
      target[r * cols + c] = boxMuller(words[0], words[1])[0];
    }
  }
}

/** Radius √(−2 ln u), u = (⌊word/2⁸⌋ + 1) / 2²⁴; angle 2π·word/2³². The pair is (radius·cos, radius·sin). */
export function boxMuller(radiusWord: number, angleWord: number): [number, number] {
  const radius = Math.sqrt(-2 * log(((radiusWord >>> 8) + 1) / 2 ** 24));
  const angle = (2 * Math.PI * angleWord) / 2 ** 32;
  return [radius * cos(angle), radius * sin(angle)];
}

// Offsets of whole rows or columns against their neighbours.
import type { Frame, Size } from "../frame.ts";
import { mirrored } from "../gaussian.ts";
import { medianInPlace } from "../median.ts";

/** Rows of the running median. */
const WINDOW = 9;

export type Line = "row" | "column";
export type Middle = "mean" | "median";

/** Each value less the running median of the nine around it; edges are mirrored. */
export function againstNeighbours(values: Float64Array): Float64Array {
  const window = new Float64Array(WINDOW);
  return values.map((value, i) => {
    for (let k = 0; k < WINDOW; k++) {
      window[k] = values[mirrored(i + k - (WINDOW >> 1), values.length)]!;
    }
    return value - medianInPlace(window);
  });
}

/** Means or medians of the rows or columns of a frame. */
export function middlesOf(
  pixels: Float64Array,
  { height, width }: Size,
  line: Line,
  middle: Middle,
): Float64Array {
  const [lines, length, apart, step] =
    line === "row" ? [height, width, width, 1] : [width, height, 1, width];
  const values = new Float64Array(length);
  return Float64Array.from({ length: lines }, (_, number) => {
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const value = pixels[number * apart + i * step]!;
      values[i] = value;
      sum += value;
    }
    return middle === "mean" ? sum / length : medianInPlace(values);
  });
}

/** The frame without the offsets of its rows: each row less what its median has over the running median of the nine around it. */
export function withoutRowOffsets(
  { pixels }: Pick<Frame, "pixels">,
  size: Size,
  result: Float64Array,
): void {
  const offsets = againstNeighbours(middlesOf(pixels, size, "row", "median"));
  for (let i = 0, y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, i++) result[i] = pixels[i]! - offsets[y]!;
  }
}

export interface OffsetSpread {
  /** Standard deviation over time and lines of the offsets less their mean over time, counts. */
  readonly sd: number;
  /** Standard deviation over lines of the offsets' mean over time, counts. */
  readonly fixedSd: number;
}

export function collectOffsets(size: Size, line: Line, middle: Middle) {
  const lines = line === "row" ? size.height : size.width;
  const sum = new Float64Array(lines);
  const squares = new Float64Array(lines);
  let frames = 0;
  return {
    add({ pixels }: Frame) {
      frames++;
      const offsets = againstNeighbours(middlesOf(pixels, size, line, middle));
      for (let i = 0; i < lines; i++) {
        sum[i]! += offsets[i]!;
        squares[i]! += offsets[i]! ** 2;
      }
    },
    result(): OffsetSpread {
      const means = sum.map((value) => value / frames);
      const temporal = squares.reduce((all, value, i) => all + value / frames - means[i]! ** 2, 0);
      const middleOfMeans = means.reduce((a, b) => a + b, 0) / lines;
      const fixed = means.reduce((all, value) => all + (value - middleOfMeans) ** 2, 0);
      return { sd: Math.sqrt(Math.max(0, temporal / lines)), fixedSd: Math.sqrt(fixed / lines) };
    },
  };
}

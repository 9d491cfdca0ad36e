// Cubic B-splines on a coarse grid that has its centre in the centre of the frame, where a wider margin leaves it.
import type { FrameShape, Whole } from "./operands.ts";

/** The nodes of a grid of this spacing that a frame needs: an odd number a side, so that one lies on the centre. */
export function coarseGrid({ height, width }: FrameShape, spacing_px: number): FrameShape {
  if (!(spacing_px >= 1 && spacing_px < Infinity)) {
    throw new RangeError(`A coarse grid's spacing must be at least 1 pixel: got ${spacing_px}.`);
  }
  const side = (length: number) => 2 * (Math.floor((length - 1) / 2 / spacing_px) + 2) + 1;
  return { height: side(height), width: side(width) };
}

/** For each pixel of an axis, the first of the four nodes whose splines reach it, and their weights, which sum to 1. */
export interface SplineAxis {
  readonly first: Int32Array;
  /** length × 4 */
  readonly weights: Float64Array;
}

/** Pixel x lies (x − (length − 1)/2) / spacing_px nodes from the middle one; the axis may be a part of one of length `whole`, from pixel `from` on. */
export function splineAxis(
  length: number,
  nodes: number,
  spacing_px: number,
  whole: number = length,
  from = 0,
): SplineAxis {
  const first = new Int32Array(length);
  const weights = new Float64Array(4 * length);
  for (let x = 0; x < length; x++) {
    const place = (from + x - (whole - 1) / 2) / spacing_px;
    const node = Math.floor(place);
    const u = place - node;
    const v = 1 - u;
    first[x] = (nodes - 1) / 2 + node - 1;
    weights.set(
      [
        (v * v * v) / 6,
        (4 - 3 * u * u * (2 - u)) / 6,
        (4 - 3 * v * v * (2 - v)) / 6,
        (u * u * u) / 6,
      ],
      4 * x,
    );
  }
  return { first, weights };
}

/** The larger frame of one that is a part of none: itself. */
export const itself = ({ height, width }: FrameShape): Whole => ({
  height,
  width,
  top: 0,
  left: 0,
});

/** Both axes of a frame on a grid that has its centre in that of the whole. */
export const splineAxes = (
  grid: FrameShape,
  { height, width }: FrameShape,
  spacing_px: number,
  whole: Whole,
): { readonly down: SplineAxis; readonly along: SplineAxis } => ({
  down: splineAxis(height, grid.height, spacing_px, whole.height, whole.top),
  along: splineAxis(width, grid.width, spacing_px, whole.width, whole.left),
});

/**
 * Writes pixels start … end − 1 of line y of a frame to `target`, from `at` on: the splines of the coefficients that begin at `first` in
 * `nodes`, row × column of the grid.
 */
export type SplineLine = (
  nodes: Float64Array,
  first: number,
  y: number,
  start: number,
  end: number,
  target: Float64Array,
  at: number,
) => void;

/**
 * Reads coefficients on a grid at the pixels of a frame, in float64 and a line at a time. The grid has its centre in that of the frame, or in that of
 * the whole of which the frame is a part.
 */
export function splineLines(
  grid: FrameShape,
  frame: FrameShape,
  spacing_px: number,
  whole: Whole = itself(frame),
): SplineLine {
  const { down, along } = splineAxes(grid, frame, spacing_px, whole);
  const line = new Float64Array(grid.width);
  return (nodes, first, y, start, end, target, at) => {
    const from = first + down.first[y]! * grid.width;
    for (let x = 0; x < grid.width; x++) {
      line[x] = mix(nodes, from + x, grid.width, down.weights, 4 * y);
    }
    for (let x = start; x < end; x++) {
      target[at + x - start] = mix(line, along.first[x]!, 1, along.weights, 4 * x);
    }
  };
}

function mix(
  values: Float64Array,
  first: number,
  stride: number,
  weights: Float64Array,
  at: number,
): number {
  // As a loop it takes twice as long. The sum begins at 0, which makes it 0 where all four are −0.
  return (
    0 +
    weights[at]! * values[first]! +
    weights[at + 1]! * values[first + stride]! +
    weights[at + 2]! * values[first + 2 * stride]! +
    weights[at + 3]! * values[first + 3 * stride]!
  );
}

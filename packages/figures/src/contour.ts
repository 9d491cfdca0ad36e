// The outline of a footprint at a level: marching squares with linear interpolation, joined into closed paths.
import type { Field } from "./raster.ts";

export type Point = readonly [y: number, x: number];

// Per case (corners above the level: 1 top left, 2 top right, 4 bottom right, 8 bottom left): pairs of edges to join,
// 0 top, 1 right, 2 bottom, 3 left, with the high side on the right hand. The saddles 5 and 10 keep the high corners apart.
const SEGMENTS: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [1, 0],
    [3, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
];

/** Closed outlines of the pixels at or above `level`, in pixel coordinates (centre of the first pixel: 0, 0). Outside the field is 0. */
export function contours(field: Field, level: number): Point[][] {
  const { height, width } = field;
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= height || column >= width
      ? 0
      : field.data[row * width + column]!;
  // An edge of the grid belongs to two cells: its name is the same from both, and the outline leaves by where it enters next.
  const next = new Map<number, number>();
  const points = new Map<number, Point>();
  const stride = width + 2;
  for (let row = -1; row < height; row++) {
    for (let column = -1; column < width; column++) {
      const tl = at(row, column);
      const tr = at(row, column + 1);
      const br = at(row + 1, column + 1);
      const bl = at(row + 1, column);
      const index =
        (tl >= level ? 1 : 0) |
        (tr >= level ? 2 : 0) |
        (br >= level ? 4 : 0) |
        (bl >= level ? 8 : 0);
      const cell = (row + 1) * stride + column + 1;
      const names = [2 * cell, 2 * (cell + 1) + 1, 2 * (cell + stride), 2 * cell + 1];
      const places: Point[] = [
        [row, column + crossing(tl, tr, level)],
        [row + crossing(tr, br, level), column + 1],
        [row + 1, column + crossing(bl, br, level)],
        [row + crossing(tl, bl, level), column],
      ];
      for (const [from, to] of SEGMENTS[index]!) {
        next.set(names[from]!, names[to]!);
        points.set(names[from]!, places[from]!);
      }
    }
  }
  return loops(next, points);
}

const crossing = (a: number, b: number, level: number): number => (level - a) / (b - a);

function loops(next: Map<number, number>, points: ReadonlyMap<number, Point>): Point[][] {
  const found: Point[][] = [];
  for (const start of [...next.keys()]) {
    const loop: Point[] = [];
    for (let edge: number | undefined = start; edge !== undefined && next.has(edge); ) {
      const following: number = next.get(edge)!;
      loop.push(points.get(edge)!);
      next.delete(edge);
      edge = following;
    }
    if (loop.length > 2) found.push(loop);
  }
  return found;
}

// Footprints out of minian's array of images: only the lit pixels of a unit are held, whatever the chunks are.
import type { Footprint } from "@minisim/footprint";
import { InteropError } from "../error.ts";
import type { Reading } from "../reading.ts";
import { forEachValue, type ZarrArray } from "../zarr2/array.ts";
import type { Placement } from "./coordinates.ts";

const DIMS = ["unit_id", "height", "width"];

/** One footprint a unit, as its tight box on the canvas. Values that are not finite count as dark. */
export async function footprintsOf(
  A: ZarrArray,
  { top, left }: Placement,
  reading: Reading,
): Promise<Footprint[]> {
  const dims = A.dims ?? DIMS;
  const axes = DIMS.map((dim) => dims.indexOf(dim));
  if (A.shape.length !== DIMS.length || axes.includes(-1)) {
    throw new InteropError(
      "malformed",
      `${A.place} has dimensions (${dims.join(", ")}), not (${DIMS.join(", ")}).`,
    );
  }
  const [unitAxis, rowAxis, columnAxis] = axes as [number, number, number];
  const problem = reading.unitProblem(A.shape[unitAxis]!);
  if (problem) throw new InteropError("malformed", `${A.place} ${problem}.`);
  const lit = Array.from({ length: A.shape[unitAxis]! }, () => new Lit());
  for await (const block of A.blocks()) {
    const [unit, row, column] = [unitAxis, rowAxis, columnAxis].map((axis) => block.origin[axis]!);
    forEachValue(block, (index, value) => {
      const light = Math.fround(value);
      if (light === 0 || !Number.isFinite(light)) return;
      lit[unit! + index[unitAxis]!]!.add(
        top + row! + index[rowAxis]!,
        left + column! + index[columnAxis]!,
        light,
      );
    });
  }
  return lit.map((pixels) => pixels.footprint());
}

/** The lit pixels of one unit. */
class Lit {
  readonly #rows: number[] = [];
  readonly #columns: number[] = [];
  readonly #light: number[] = [];

  add(row: number, column: number, light: number): void {
    this.#rows.push(row);
    this.#columns.push(column);
    this.#light.push(light);
  }

  footprint(): Footprint {
    let [top, bottom, left, right] = [Infinity, -1, Infinity, -1];
    for (const row of this.#rows) {
      if (row < top) top = row;
      if (row > bottom) bottom = row;
    }
    for (const column of this.#columns) {
      if (column < left) left = column;
      if (column > right) right = column;
    }
    if (bottom < 0) return { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
    const [height, width] = [bottom - top + 1, right - left + 1];
    const data = new Float32Array(height * width);
    for (const [i, light] of this.#light.entries()) {
      data[(this.#rows[i]! - top) * width + this.#columns[i]! - left] = light;
    }
    return { row: top, col: left, height, width, data };
  }
}

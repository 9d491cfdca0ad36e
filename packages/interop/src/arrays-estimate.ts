// Plain arrays named A, C, S and shifts as an estimate. The order of axes is decided by what the arrays say together, or by the
// caller; where neither decides, it is refused: a transposed footprint scores as somebody else's cell.
import type { Estimate, Footprints, Patch, Rows } from "@minisim/metrics";
import { z } from "zod";
import { InteropError } from "./error.ts";

/** A row-major array. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number> | ArrayLike<bigint>;
}

export const ARRAY_NAMES = ["A", "C", "S", "shifts"] as const;
export type ArrayName = (typeof ARRAY_NAMES)[number];

export const arraySettings = z.strictObject({
  footprint_axes: z
    .enum(["auto", "unit_height_width", "height_width_unit"])
    .default("auto")
    .describe(
      "Order of the axes of A; auto: by the number of rows of C and S, and by height and width",
    ),
  height: z
    .int()
    .min(1)
    .optional()
    .describe("Rows of the field of view, where A alone does not tell"),
  width: z.int().min(1).optional().describe("Columns of the field of view"),
});
export type ArraySettings = z.output<typeof arraySettings>;

/**
 * A (unit × height × width, or height × width × unit), C and S (unit × frame), shifts (frame × 2: dy, dx of the content).
 * `place` begins the sentences of errors: the file.
 * @throws InteropError "malformed" for shapes that do not go together, or that go together in two ways.
 */
export function estimateOfArrays(
  arrays: { readonly [name in ArrayName]?: NamedArray | undefined },
  place: string,
  settings: ArraySettings = arraySettings.parse({}),
): Estimate {
  const bad = (problem: string) => new InteropError("malformed", `${place}: ${problem}.`);
  const { A, C, S, shifts } = arrays;
  if (!A) throw bad("there is no array A of footprints");
  for (const name of ["C", "S"] as const) {
    const shape = arrays[name]?.shape;
    if (shape && shape.length !== 2) throw bad(`${name} is ${show(shape)}, not unit × frame`);
  }
  if (shifts && (shifts.shape.length !== 2 || shifts.shape[1] !== 2)) {
    throw bad(`shifts is ${show(shifts.shape)}, not frame × 2`);
  }
  if (C && S && show(C.shape) !== show(S.shape)) {
    throw bad(`C is ${show(C.shape)}, but S is ${show(S.shape)}`);
  }
  const traces = C ?? S;
  if (traces && shifts && traces.shape[1] !== shifts.shape[0]) {
    throw bad(`the traces have ${traces.shape[1]} frames, but shifts has ${shifts.shape[0]}`);
  }
  const unitsLast = unitAxisOf(A.shape, traces?.shape, settings, bad) === 2;
  return {
    footprints: denseFootprints(numbers(A.data), A.shape as Triple, unitsLast),
    C: rowsOf(C),
    S: rowsOf(S),
    shifts: rowsOf(shifts),
  };
}

type Triple = readonly [number, number, number];

/** 0 for unit × height × width, 2 for height × width × unit. */
function unitAxisOf(
  shape: readonly number[],
  traces: readonly number[] | undefined,
  { footprint_axes, height, width }: ArraySettings,
  bad: (problem: string) => InteropError,
): 0 | 2 {
  if (shape.length !== 3) {
    throw bad(
      `A is ${show(shape)}; footprints are images, unit × height × width or height × width × unit (a flattened image does not tell its order of pixels)`,
    );
  }
  const fits = ([0, 2] as const).filter((axis) => {
    const [rows, columns] = axis === 0 ? [shape[1], shape[2]] : [shape[0], shape[1]];
    return (
      (footprint_axes === "auto" || (footprint_axes === "unit_height_width") === (axis === 0)) &&
      (!traces || shape[axis] === traces[0]) &&
      (height === undefined || height === rows) &&
      (width === undefined || width === columns) &&
      // Footprints without pixels would let a header of a few bytes claim any number of units.
      rows! > 0 &&
      columns! > 0
    );
  });
  if (fits.length === 1) return fits[0]!;
  if (fits.length === 2) {
    throw bad(
      `A is ${show(shape)}, which can be unit × height × width or height × width × unit; say which with the setting footprint_axes`,
    );
  }
  const against = traces ? `C or S is ${show(traces)} (unit × frame)` : "there are no traces";
  const field = height && width ? `, the field of view ${height} × ${width}` : "";
  throw bad(`A is ${show(shape)}, which does not go together: ${against}${field}`);
}

/** Images trimmed to their lit box, in the precision they came in. */
export function denseFootprints(
  data: ArrayLike<number>,
  shape: Triple,
  unitsLast = false,
): Footprints {
  const [units, height, width] = unitsLast ? [shape[2], shape[0], shape[1]] : shape;
  const [unitStride, pixelStride] = unitsLast ? [1, units] : [height * width, 1];
  const patches = Array.from({ length: units }, (_, unit): Patch => {
    const at = (y: number, x: number) => data[unit * unitStride + (y * width + x) * pixelStride]!;
    let [top, bottom, left, right] = [height, 0, width, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!(at(y, x) > 0)) continue;
        top = Math.min(top, y);
        bottom = y + 1;
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
      }
    }
    if (bottom === 0) return { row: 0, col: 0, height: 0, width: 0, data: [] };
    const box = { row: top, col: left, height: bottom - top, width: right - left };
    const lit = new Float64Array(box.height * box.width);
    for (let i = 0; i < lit.length; i++) {
      lit[i] = at(top + Math.floor(i / box.width), left + (i % box.width));
    }
    return { ...box, data: lit };
  });
  return { canvas: { height, width }, length: units, at: (index) => patches[index]! };
}

function rowsOf(array: NamedArray | undefined): Rows | null {
  if (!array) return null;
  const values = numbers(array.data);
  const data =
    values instanceof Float32Array || values instanceof Float64Array
      ? values
      : Float64Array.from(values);
  return { shape: array.shape, data };
}

const numbers = (data: NamedArray["data"]): ArrayLike<number> =>
  typeof data[0] === "bigint"
    ? Float64Array.from(data as ArrayLike<bigint>, Number)
    : (data as ArrayLike<number>);

const show = (shape: readonly number[]): string => `(${shape.join(", ")})`;

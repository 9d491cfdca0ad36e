// Plain arrays named A, C, S and shifts as an estimate. What each axis is, is decided by what the arrays say together, by the
// recording, or by the caller: from their shapes, before any of the data is read.
import type { Estimate, Footprints, Rows } from "@minisim/scoring";
import { z } from "zod";
import type { ArrayName } from "./array-names.ts";
import { InteropError } from "./error.ts";
import { planFlat } from "./flat-footprints.ts";
import { AXES, axesOf, type Triple } from "./footprint-axes.ts";
import { planImages, stackOf } from "./image-footprints.ts";
import type { Reading } from "./reading.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

export const arraySettings = z.strictObject({
  footprint_axes: z
    .enum(["auto", ...AXES])
    .default("auto")
    .describe(
      "Order of the axes of A; auto: by the recording's field of view and the number of traces",
    ),
  pixel_order: z
    .enum(["auto", "C", "F"])
    .default("auto")
    .describe(
      "How flat footprints number their pixels: C along the rows, F down the columns; auto: as they hold together, else C for unit × pixels, F for pixels × unit",
    ),
  height: z
    .int()
    .min(1)
    .optional()
    .describe("Rows of the field of view, where neither A nor a recording tells"),
  width: z.int().min(1).optional().describe("Columns of the field of view"),
});
export type ArraySettings = z.output<typeof arraySettings>;

type Values = ArrayLike<number> | ArrayLike<bigint>;
type Shape = readonly number[];
type Pair = readonly [number, number];

export type ArrayShapes = { readonly [name in ArrayName]?: Shape | undefined };

/** The data, row-major; footprints may be a sparse matrix. */
interface ArrayData {
  readonly A: Values | SparseMatrix;
  readonly C?: Values | undefined;
  readonly S?: Values | undefined;
  readonly shifts?: Values | undefined;
}

/**
 * What makes an estimate of arrays of these shapes: A (images, flat images or one image of labels), C and S (unit × frame), shifts
 * (frame × 2: dy, dx of the content). `place` begins the sentences of errors: the file.
 * @throws InteropError "malformed" for shapes that do not go together, or that go together in two ways.
 */
export function planArrays(
  shapes: ArrayShapes,
  place: string,
  settings: ArraySettings,
  reading: Reading,
): (arrays: Readonly<Record<string, unknown>>) => Estimate {
  const bad = (problem: string) => new InteropError("malformed", `${place}: ${problem}.`);
  if (!shapes.A) throw bad("there is no array A of footprints");
  if (isNothing(shapes, settings, reading)) return () => nothing(reading);
  checkRows(shapes, reading, bad);
  const traces = (shapes.C ?? shapes.S) as Pair | undefined;
  // A can still say that the rows are units, as many as the recording has frames.
  const counts = traces
    ? orientedTraces(traces, reading).isTurned
      ? [traces[1], traces[0]]
      : [traces[0]]
    : null;
  const footprintsOf = planFootprints(shapes.A, counts, settings, reading, (problem) => {
    const together = problem === "does not go together";
    const field = settings.height && settings.width ? { ...settings } : reading.field;
    const against = traces ? `C or S is ${show(traces)} (unit × frame)` : "there are no traces";
    const size = field ? `, the field of view ${field.height} × ${field.width}` : "";
    throw bad(`A is ${show(shapes.A!)}, which ${problem}${together ? `: ${against}${size}` : ""}`);
  });
  return (arrays) => {
    // Whoever told the shapes has these arrays.
    const data = arrays as unknown as ArrayData;
    const footprints = footprintsOf("format" in data.A ? data.A : numbers(data.A));
    const rowsOf = (name: "C" | "S"): Rows | null => {
      const [shape, values] = [shapes[name], data[name]];
      if (!shape || !values) return null;
      const { length } = footprints;
      const rows = turnedTraces(name, shape as Pair, numbers(values), length, reading);
      if (rows.shape[0] === length) return rows;
      throw bad(`${name} is ${show(shape)}, but there are ${length} footprints`);
    };
    const { shifts } = data;
    return {
      footprints,
      C: rowsOf("C"),
      S: rowsOf("S"),
      shifts: shapes.shifts && shifts ? shiftRows(shapes.shifts as Pair, numbers(shifts)) : null,
    };
  };
}

/** An array of no values, whose shape tells no field of view, as np.array([]) is: nothing was found. */
function isNothing({ A, C, S }: ArrayShapes, settings: ArraySettings, reading: Reading): boolean {
  const isEmpty = (shape: Shape) => shape.includes(0);
  const told = A!.length === 3 && !("problem" in axesOf(A as Triple, null, settings, reading));
  return reading.field !== null && !told && [A, C, S].every((shape) => !shape || isEmpty(shape));
}

function nothing(reading: Reading): Estimate {
  reading.note("The arrays are empty: nothing was found.");
  return { footprints: stackOf(reading.field!, []), C: null, S: null, shifts: null };
}

function planFootprints(
  shape: Shape,
  counts: readonly number[] | null,
  settings: ArraySettings,
  reading: Reading,
  refuse: (problem: string) => never,
): (data: ArrayLike<number> | SparseMatrix) => Footprints {
  if (shape.length === 3) {
    const plan = planImages(shape as [number, number, number], counts, settings, reading, refuse);
    return (data) => plan(data as ArrayLike<number>);
  }
  if (shape.length !== 2) return refuse("is neither images nor flattened images");
  const { height, width } = settings;
  const field = height !== undefined && width !== undefined ? { height, width } : reading.field;
  if (field) return planFlat(shape as Pair, field, counts, settings, reading, refuse);
  return refuse(
    "is not images; a flattened image does not tell its size: give the settings height and width",
  );
}

function checkRows(
  shapes: ArrayShapes,
  reading: Reading,
  bad: (problem: string) => InteropError,
): void {
  const { C, S, shifts } = shapes;
  for (const [name, shape] of Object.entries({ C, S })) {
    if (!shape) continue;
    if (shape.length !== 2) throw bad(`${name} is ${show(shape)}, not unit × frame`);
    const { units, frames } = orientedTraces(shape as Pair, reading);
    const problem = reading.frameProblem(frames) ?? reading.unitProblem(units);
    if (problem) throw bad(`${name} ${problem}`);
  }
  if (C && S && show(C) !== show(S)) throw bad(`C is ${show(C)}, but S is ${show(S)}`);
  if (!shifts) return;
  const lies = shifts[0] === 2 && shifts[1] !== 2 && shifts[1] === reading.frames;
  if (shifts.length !== 2 || (shifts[1] !== 2 && !lies)) {
    throw bad(`shifts is ${show(shifts)}, not frame × 2`);
  }
  const moved = lies ? shifts[1]! : shifts[0]!;
  const problem = reading.frameProblem(moved);
  if (problem) throw bad(`shifts ${problem}`);
  const traces = C ?? S;
  const frames = traces && orientedTraces(traces as Pair, reading).frames;
  if (frames === undefined || frames === moved) return;
  throw bad(`the traces have ${frames} frames, but shifts has ${moved}`);
}

/** Traces are unit × frame, unless only the number of rows is that of the recording's frames, and not of the units. */
function orientedTraces([rows, columns]: Pair, { frames }: Reading, knownUnits?: number) {
  const isTurned = frames !== null && rows === frames && columns !== frames && rows !== knownUnits;
  return isTurned
    ? { isTurned, units: columns, frames: rows }
    : { isTurned, units: rows, frames: columns };
}

function turnedTraces(
  name: string,
  shape: Pair,
  values: ArrayLike<number>,
  knownUnits: number,
  reading: Reading,
): Rows {
  const { isTurned, units, frames } = orientedTraces(shape, reading, knownUnits);
  if (!isTurned) return { shape, data: floats(values) };
  reading.note(`${name} is frame × unit, and was turned.`);
  return { shape: [units, frames], data: exchanged(values, units) };
}

function shiftRows(shape: Pair, values: ArrayLike<number>): Rows {
  const [rows, columns] = shape;
  if (columns === 2) return { shape, data: floats(values) };
  return { shape: [columns, rows], data: exchanged(values, columns) };
}

/** Rows become columns. */
function exchanged(values: ArrayLike<number>, columns: number): Float64Array {
  const rows = columns === 0 ? 0 : values.length / columns;
  return Float64Array.from(
    { length: values.length },
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!,
  );
}

function floats(values: ArrayLike<number>): Float32Array | Float64Array {
  const isFloat = values instanceof Float32Array || values instanceof Float64Array;
  return isFloat ? values : Float64Array.from(values);
}

const numbers = (data: Values): ArrayLike<number> =>
  typeof data[0] === "bigint"
    ? Float64Array.from(data as ArrayLike<bigint>, Number)
    : (data as ArrayLike<number>);

const show = (shape: Shape): string => `(${shape.join(", ")})`;

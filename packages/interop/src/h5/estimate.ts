// An estimate out of parts that were read each by itself: here it shows whether they go together.
import type { Estimate, Footprints, Rows } from "@minisim/scoring";
import { stackOf } from "../image-footprints.ts";
import type { Reading } from "../reading.ts";
import type { Numbers } from "./numbers.ts";
import type { H5Source } from "./source.ts";

/** An array and where it was read. */
export interface Part {
  readonly at: string;
  readonly rows: Numbers;
}

/** Holds traces against the recording before they are read. @throws InteropError "malformed". */
export function checkTraces(
  source: H5Source,
  at: string,
  { units, frames }: { readonly units: number; readonly frames: number },
  reading: Reading,
): void {
  const problem = reading.frameProblem(frames) ?? reading.unitProblem(units);
  if (problem) throw source.malformed(at, problem);
}

/** @throws InteropError "malformed" that names the parts that disagree. */
export function assemble(
  source: H5Source,
  footprints: Footprints,
  parts: { readonly C: Part | null; readonly S: Part | null; readonly shifts: Part | null },
): Estimate {
  const { C, S, shifts } = parts;
  for (const traces of [C, S]) {
    if (traces && traces.rows.shape[0] !== footprints.length) {
      throw source.malformed(
        traces.at,
        `has traces of ${traces.rows.shape[0]} units, but there are ${footprints.length} footprints`,
      );
    }
  }
  if (C && S && C.rows.shape[1] !== S.rows.shape[1]) {
    throw source.malformed(
      S.at,
      `has ${S.rows.shape[1]} frames, but ${C.at} has ${C.rows.shape[1]}`,
    );
  }
  const traces = C ?? S;
  if (shifts && (shifts.rows.shape.length !== 2 || shifts.rows.shape[1] !== 2)) {
    throw source.malformed(
      shifts.at,
      `is ${shifts.rows.shape.join(" × ")}, where two numbers a frame are needed`,
    );
  }
  if (traces && shifts && shifts.rows.shape[0] !== traces.rows.shape[1]) {
    throw source.malformed(
      shifts.at,
      `has ${shifts.rows.shape[0]} frames, but ${traces.at} has ${traces.rows.shape[1]}`,
    );
  }
  const rowsOf = (part: Part | null): Rows | null => part?.rows ?? null;
  return { footprints, C: rowsOf(C), S: rowsOf(S), shifts: rowsOf(shifts) };
}

/** A matrix with rows and columns exchanged. */
export function transposed({ shape, data }: Numbers): Numbers {
  const [rows, columns] = shape as readonly [number, number];
  const turned = new Float64Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = data[row * columns + column]!;
    }
  }
  return { shape: [columns, rows], data: turned };
}

/** The rows at these indices, in their order. */
export function selectRows({ shape, data }: Numbers, indices: readonly number[]): Numbers {
  const [, columns] = shape as readonly [number, number];
  const taken = new Float64Array(indices.length * columns);
  for (const [i, row] of indices.entries()) {
    taken.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return { shape: [indices.length, columns], data: taken };
}

/** The footprints at these indices, in their order. */
export function selectUnits(footprints: Footprints, indices: readonly number[]): Footprints {
  return stackOf(
    footprints.canvas,
    indices.map((index) => footprints.at(index)),
  );
}

/**
 * Whole numbers from 0 to below `count`, such as indices of units. @throws InteropError "malformed" for others.
 */
export function indicesOf(source: H5Source, at: string, count: number): number[] {
  const indices = Array.from(source.numbers(at, { dims: 1 }).data);
  const wrong = indices.find((index) => !(Number.isInteger(index) && index >= 0 && index < count));
  if (wrong === undefined) return indices;
  throw source.malformed(at, `points to ${wrong}, where there are ${count}`);
}

// What an estimate may say of motion beyond one shift a frame: shifts of patches, and movement along the axis.
import type { Canvas } from "@minisim/footprint";
import type { PatchShifts, Rows } from "./metrics/estimate.ts";

export interface MotionInput {
  /** Of a piecewise-rigid motion correction; patches may overlap. */
  readonly patch_shifts?: PatchShifts | null;
  /** One value a frame, µm: how much deeper the focus lies in the tissue than at rest. */
  readonly axial_shift_um?: Rows | null;
}

/** A sentence for everything that is wrong. */
export function motionProblems(
  { patch_shifts, axial_shift_um }: MotionInput,
  frames: number,
  fov: Canvas,
): string[] {
  return [
    ...(patch_shifts ? patchProblems(patch_shifts, frames, fov) : []),
    ...(axial_shift_um ? shapeProblems("axial_shift_um", axial_shift_um, [frames]) : []),
  ];
}

function patchProblems(
  { patches, shifts }: PatchShifts,
  frames: number,
  { height, width }: Canvas,
): string[] {
  const count = patches?.shape?.[0] ?? "patch";
  const problems = [
    ...shapeProblems("patch_shifts.patches", patches, [count, 4]),
    ...shapeProblems("patch_shifts.shifts", shifts, [frames, count, 2]),
  ];
  if (problems.length > 0) return problems;
  const outside = Array.from({ length: Number(count) }, (_, p) => p).find((p) => {
    const box = [...patches.data.subarray(4 * p, 4 * p + 4)];
    const [row, col, rows, cols] = box as [number, number, number, number];
    const inside = row >= 0 && col >= 0 && row + rows <= height && col + cols <= width;
    return !(box.every(Number.isSafeInteger) && rows > 0 && cols > 0 && inside);
  });
  if (outside === undefined) return [];
  return [
    `patch_shifts.patches: patch ${outside} is no rectangle of whole pixels on the field of view, ${height} × ${width}.`,
  ];
}

export function shapeProblems(
  name: string,
  rows: Rows,
  expected: readonly (number | string)[],
): string[] {
  const isArray = rows?.data instanceof Float32Array || rows?.data instanceof Float64Array;
  const fits = isArray && Array.isArray(rows.shape) && String(rows.shape) === String(expected);
  const size = expected.reduce<number>((product, length) => product * Number(length), 1);
  if (fits && rows.data.length === size) return [];
  return [
    `${name} must have the shape [${expected.join(", ")}] and its values as a Float32Array or Float64Array.`,
  ];
}

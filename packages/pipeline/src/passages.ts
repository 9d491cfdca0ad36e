// What becomes of the light that an instruction adds, on its way to the sensor.
import type { Whole } from "@minisim/kernels";
import { addPatches, denseField, scale } from "./expected-light.ts";
import { area, onFov, type SceneGeometry, type Shape, sameShape } from "./geometry.ts";
import type { Accumulate, Components, FrameProgram } from "./program.ts";
import { meanOf, stretchesOf } from "./stretches.ts";

/** The way of the light of one accumulate. */
export interface Passage {
  readonly added: Accumulate;
  /** Over the FOV, row-major: the product of all fields behind, in their mean over the recording. */
  readonly transfer: Float64Array;
  /** The grid that its components lie on. */
  readonly grid: Shape;
}

/** Of every accumulate in front of the sensor, in their order. Custom verbs are passed as if they changed nothing, motion as if it rested. */
export function passagesOf({ geometry, instructions }: FrameProgram): readonly Passage[] {
  const stretches = stretchesOf(geometry.n_frames);
  const digitize = instructions.findIndex(({ verb }) => verb === "digitize");
  const optical = instructions.slice(0, digitize < 0 ? instructions.length : digitize);
  const moving = optical.findIndex(({ verb }) => verb === "translate");
  const passages: Passage[] = [];
  let transfer: Float64Array = new Float64Array(area(geometry.fov)).fill(1);
  for (const [at, instruction] of [...optical.entries()].reverse()) {
    if (instruction.verb === "accumulate") {
      // Without a translate the frames lie on the canvas throughout.
      const grid = moving >= 0 && at > moving ? geometry.fov : geometry.canvas;
      passages.unshift({ added: instruction, transfer, grid });
    } else if (instruction.verb === "modulate") {
      const { field, swing, weights } = instruction;
      const seen = {
        field: field && onFov(field, geometry),
        ...(swing && { swing: onFov(swing, geometry) }),
      };
      // A new one: what lies behind has the former.
      transfer = transfer.slice();
      scale(transfer, seen, weights ? meanOf(weights, stretches) : 1);
    }
  }
  return passages;
}

/** One component over the FOV, row-major, as its means over squares of `side` pixels; `side` divides both sides of the FOV. */
export function componentOnFov(
  components: Components,
  component: number,
  grid: Shape,
  geometry: SceneGeometry,
  side = 1,
): Float64Array {
  if ("coefficients" in components) {
    // The coarse grid has its centre in that of the FOV. Over a square, a smooth field is as in its middle.
    const { spacing_px, coefficients } = components;
    const { fov, canvas, margin_px } = geometry;
    const squares = { height: fov.height / side, width: fov.width / side };
    const inset = sameShape(grid, canvas) ? margin_px : 0;
    const whole = components.whole && ofSquares(components.whole, inset, side);
    const fields = { spacing_px: spacing_px / side, coefficients, ...(whole && { whole }) };
    return denseField(fields, component, squares);
  }
  const size = area(grid);
  if (!("canvas" in components)) {
    const data = components.data.subarray(component * size, (component + 1) * size);
    return meansOfSquares(onFov(data, geometry), geometry.fov, side);
  }
  const dense = new Float64Array(size);
  addPatches(dense, grid, components.select([component]), Float64Array.of(1));
  return meansOfSquares(onFov(dense, geometry), geometry.fov, side);
}

/** Where the squares of a FOV lie that begins `inset` pixels within its grid, in squares. */
const ofSquares = ({ top, left, height, width }: Whole, inset: number, side: number): Whole => ({
  top: (top + inset) / side,
  left: (left + inset) / side,
  height: height / side,
  width: width / side,
});

/** Means of a field over squares of `side` pixels, which divides both sides of its shape. */
export function meansOfSquares(
  field: Float64Array,
  { height, width }: Shape,
  side: number,
): Float64Array {
  if (side === 1) return field;
  const columns = width / side;
  const means = new Float64Array((height / side) * columns);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / side) * columns;
    for (let x = 0; x < width; x++) means[row + Math.floor(x / side)]! += field[y * width + x]!;
  }
  for (let i = 0; i < means.length; i++) means[i]! /= side * side;
  return means;
}

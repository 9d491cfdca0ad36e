// The light of a frame program before any noise, on average over the recording and at rest: what a pixel sees, and what becomes of a
// component's light on its way to it. It comes from the instructions alone, whichever steps made them.
import type { FootprintStack } from "@minisim/footprint";
import { splineLines } from "@minisim/kernels";
import { area, onFov, type Shape } from "./geometry.ts";
import type { CoarseFields, Components, FrameProgram, Modulate } from "./program.ts";
import { meanOf, meanWeights, stretchesOf } from "./stretches.ts";

export interface ExpectedLight {
  /** Mean light that reaches each pixel of the FOV, row-major. */
  readonly light: Float64Array;
  /** Mean weight of each of the components in question; null where the program does not add them. */
  readonly weights: Float64Array | null;
  /** The factor, over the FOV, between those components and their light at the sensor. */
  readonly transfer: Float64Array;
}

/**
 * The mean light, and what a program makes of `components`. Means are over all frames, or over 64 evenly spaced stretches of 64 frames of a
 * longer recording. Custom verbs are passed as if they changed nothing, motion as if it rested.
 */
export function expectedLight(
  { geometry, instructions }: FrameProgram,
  components: FootprintStack | null = null,
): ExpectedLight {
  const stretches = stretchesOf(geometry.n_frames);
  let shape: Shape = geometry.canvas;
  let light: Float64Array = new Float64Array(area(shape));
  let transfer: Float64Array | null = null;
  let weights: Float64Array | null = null;
  for (const instruction of instructions) {
    if (instruction.verb === "digitize") break;
    if (instruction.verb === "accumulate") {
      const means = meanWeights(instruction, stretches, geometry.n_frames);
      if (components !== null && instruction.components === components) {
        weights = means;
        transfer = new Float64Array(area(shape)).fill(1);
      }
      add(light, shape, instruction.components, means);
    } else if (instruction.verb === "modulate") {
      const factor = instruction.weights ? meanOf(instruction.weights, stretches) : 1;
      scale(light, instruction, factor);
      if (transfer) scale(transfer, instruction, factor);
    } else if (instruction.verb === "translate") {
      light = onFov(light, geometry);
      transfer = transfer && onFov(transfer, geometry);
      shape = geometry.fov;
    }
  }
  const passed = transfer ?? new Float64Array(area(geometry.fov)).fill(1);
  return { light: onFov(light, geometry), weights, transfer: onFov(passed, geometry) };
}

function add(light: Float64Array, shape: Shape, components: Components, means: Float64Array): void {
  if ("canvas" in components) addPatches(light, shape, components, means);
  else if ("coefficients" in components) addCoarse(light, shape, components, means);
  else {
    const size = area(components);
    for (let k = 0; k < components.count; k++) {
      for (let i = 0; i < size; i++) light[i]! += means[k]! * components.data[k * size + i]!;
    }
  }
}

/** Adds footprints, each times its mean weight, to an image of this shape. */
export function addPatches(
  light: Float64Array,
  { width: stride }: Shape,
  stack: FootprintStack,
  means: Float64Array,
): void {
  for (let k = 0; k < stack.length; k++) {
    const { row, col, height, width, data } = stack.at(k);
    for (let y = 0; y < height; y++) {
      const at = (row + y) * stride + col;
      for (let x = 0; x < width; x++) light[at + x]! += means[k]! * data[y * width + x]!;
    }
  }
}

function addCoarse(
  light: Float64Array,
  shape: Shape,
  { spacing_px, coefficients, whole }: CoarseFields,
  means: Float64Array,
): void {
  const grid = coefficients.canvas;
  const nodes = new Float64Array(area(grid));
  addPatches(nodes, grid, coefficients, means);
  const read = splineLines(grid, shape, spacing_px, whole);
  const line = new Float64Array(shape.width);
  for (let y = 0; y < shape.height; y++) {
    read(nodes, 0, y, 0, shape.width, line, 0);
    for (let x = 0; x < shape.width; x++) light[y * shape.width + x]! += line[x]!;
  }
}

/** One component of coarse fields as the pixels of a frame of this shape, row-major. */
export function denseField(
  { coefficients, ...grid }: CoarseFields,
  component: number,
  shape: Shape,
): Float64Array {
  const target = new Float64Array(area(shape));
  const alone = { ...grid, coefficients: coefficients.select([component]) };
  addCoarse(target, shape, alone, Float64Array.of(1));
  return target;
}

/** What a modulation of this mean weight makes of the light. */
export function scale(
  light: Float64Array,
  { field, swing }: Pick<Modulate, "field" | "swing">,
  weight: number,
): void {
  for (let i = 0; i < light.length; i++) {
    const value = field ? field[i]! : 1;
    light[i]! *= swing ? value + weight * swing[i]! : value * weight;
  }
}

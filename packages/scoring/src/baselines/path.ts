// The way of light from where an instruction adds it to the sensor: the fields that it passes, and the motion of the tissue.
import { coarseGrid, splineLines } from "@minisim/kernels";
import {
  area,
  displacementNodes,
  type Instruction,
  type Modulate,
  type Shape,
  type Translate,
} from "@minisim/pipeline";
import type { Motion } from "./moved.ts";

export interface Path {
  /** The instruction that moves the tissue; −1 where there is none. What is added before it lies on the canvas, the rest on the field of view. */
  readonly moving: number;
  /** Whether the field of view is cut out of the canvas in the same place in every frame: this far from its edges. */
  readonly still: boolean;
  readonly margin: number;
  /** From the canvas to the field of view. */
  motionAt(t: number): Motion;
  /** Of the whole frame, (dy, dx) px; a displacement comes on top. */
  shift(t: number): readonly [number, number];
  /** The product of the fields that stand in the program from `from` up to `to`; null where there are none. */
  fields(from: number, to: number): Float64Array | null;
  /** For every frame the product of the factors that light which is added there meets on its way. */
  factor(from: number): Float64Array;
}

/** A custom verb is passed as if it changed nothing. */
export function pathOf(
  instructions: readonly Instruction[],
  canvas: Shape,
  fov: Shape,
  n_frames: number,
): Path {
  const moving = instructions.findIndex(({ verb }) => verb === "translate");
  const move = instructions[moving] as Translate | undefined;
  const margin = (canvas.height - fov.height) / 2;
  const modulations = instructions.flatMap((instruction, at) =>
    instruction.verb === "modulate" ? [{ at, ...settled(instruction) }] : [],
  );
  const shift = (t: number) =>
    [(move?.shifts?.[2 * t] ?? 0) - margin, (move?.shifts?.[2 * t + 1] ?? 0) - margin] as const;
  const bent = move?.displacement && bending(move, fov);
  return {
    moving,
    still: !move?.shifts,
    margin,
    motionAt(t) {
      if (bent) return bent(t, shift(t));
      const [dy, dx] = shift(t);
      return { dy, dx };
    },
    shift,
    fields: (from, to) =>
      modulations
        .filter(({ at }) => at > from && at < to)
        .reduce<Float64Array | null>((so, { field }) => {
          return so && field ? so.map((value, pixel) => value * field[pixel]!) : (so ?? field);
        }, null),
    factor(from) {
      const product = new Float64Array(n_frames).fill(1);
      for (const { at, weights } of modulations) {
        if (at > from && weights) for (let t = 0; t < n_frames; t++) product[t]! *= weights[t]!;
      }
      return product;
    },
  };
}

/** A field that swings counts as it is on average: to an analysis, what swings in it is noise. */
function settled(modulation: Modulate): Modulate {
  const { field, weights, swing } = modulation;
  if (!field || !swing || !weights) return modulation;
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
  const data = field.map((value, pixel) => value + mean * swing[pixel]!);
  return { verb: "modulate", field: data, weights: null };
}

/** The displacement (down, right) of every pixel of the field of view in a frame. */
function bending({ displacement }: Translate, fov: Shape) {
  const { spacing_px, whole } = displacement!;
  const grid = coarseGrid(whole ?? fov, spacing_px);
  const read = splineLines(grid, fov, spacing_px, whole);
  const nodes = new Float64Array(2 * area(grid));
  const atPixels = (axis: number) => {
    const pixels = new Float64Array(area(fov));
    for (let y = 0; y < fov.height; y++) {
      read(nodes, axis * area(grid), y, 0, fov.width, pixels, y * fov.width);
    }
    return pixels;
  };
  return (t: number, shift: readonly [number, number]): Motion => {
    displacementNodes(displacement!, t, shift, nodes);
    return { down: atPixels(0), right: atPixels(1) };
  };
}

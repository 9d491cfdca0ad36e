// Frame programs for tests, built by compile from one step an instruction.
import { FootprintStack } from "@minisim/footprint";
import { coarseGrid } from "@minisim/kernels";
import {
  compile,
  defineStep,
  type FrameProgram,
  facts,
  type Instruction,
  type SceneGeometry,
  type StepDefinition,
} from "@minisim/pipeline";
import { type FrameBlock, type RenderOptions, render } from "@minisim/render";
import { createSpecFactory } from "@minisim/spec";
import { z } from "zod";

export const FRAMES = 11;
// Widths that are no multiple of the four lanes of a SIMD vector, on the FOV and (with a margin of 2) on the canvas.
export const FOV = { height: 5, width: 7 };
export const MARGIN = 2;
export const CANVAS = { height: 9, width: 11 };

export interface Part {
  readonly kind: string;
  readonly domain?: StepDefinition["domain"];
  readonly stage?: string;
  readonly make?: (geometry: SceneGeometry) => Instruction | readonly Instruction[];
}

/** One step a part, in the order of the domains and kinds; `margin` is the canvas around the FOV. */
export function programOf(parts: readonly Part[], margin = 0, frames = FRAMES): FrameProgram {
  const steps = parts.map(({ kind, stage, make, domain = "tissue" }, i) =>
    defineStep({
      kind,
      ...(stage === undefined ? {} : { stage }),
      domain,
      revision: 1,
      summary: "A step for tests.",
      sources: [],
      params: z.strictObject({}),
      announce: () => (i === 0 ? facts.margin_px.of(margin) : []),
      compile: ({ geometry }) => ({ frames: make?.(geometry) ?? [] }),
    }),
  );
  const acquisition = {
    fps: 10,
    duration_s: frames / 10,
    image_sensor: { n_px_height: FOV.height, n_px_width: FOV.width },
  };
  const used = parts.map(({ kind }) => ({ kind }));
  return compile(createSpecFactory(steps).parse({ acquisition, steps: used }), steps).program;
}

/** All that a rendering hands out, put together: the movie, each tap, and the sizes of the blocks. */
export async function collect(program: FrameProgram, options: RenderOptions = {}) {
  const movie: number[] = [];
  const frames: number[] = [];
  const sizes: number[] = [];
  const taps: Record<string, number[]> = {};
  let type = "";
  for await (const block of render(program, options)) {
    type = block.data.constructor.name;
    movie.push(...block.data);
    frames.push(...block.frames);
    sizes.push(block.frames.length);
    for (const [name, data] of block.taps) taps[name] = [...(taps[name] ?? []), ...data];
  }
  return { movie, frames, sizes, taps, type };
}

export type Block = FrameBlock;

/** Value(row, col, t) of every pixel of every frame, row-major. */
export function movieOf(
  { height, width }: { readonly height: number; readonly width: number },
  value: (row: number, col: number, t: number) => number,
  frames: readonly number[] = [...Array(FRAMES).keys()],
): number[] {
  return frames.flatMap((t) =>
    Array.from({ length: height * width }, (_, p) => value(Math.floor(p / width), p % width, t)),
  );
}

/** A field of one value a pixel. */
export const fieldOf = (
  shape: { readonly height: number; readonly width: number },
  value: (row: number, col: number) => number,
): Float64Array => Float64Array.from(movieOf(shape, value, [0]));

/** Light on the whole canvas: small whole numbers, different in every pixel, times 1 + t. */
export const rampLight = (kind = "a_ramp"): Part => ({
  kind,
  make: ({ canvas, n_frames }) => ({
    verb: "accumulate",
    components: { count: 1, ...canvas, data: fieldOf(canvas, (row, col) => 16 * row + col) },
    weights: { per_frame: [Float64Array.from({ length: n_frames }, (_, t) => 1 + t)] },
  }),
});

/** Two coarse components over the whole canvas, each with its own time course. */
export const coarseLight = (kind = "a_coarse"): Part => ({
  kind,
  make: ({ canvas, n_frames }) => {
    const grid = coarseGrid(canvas, 3);
    const one = { row: 0, col: 0, ...grid, data: new Float32Array(grid.height * grid.width) };
    const components = [1, 2].map((k) => ({ ...one, data: one.data.map((_, i) => (k * i) % 7) }));
    return {
      verb: "accumulate",
      components: { spacing_px: 3, coefficients: FootprintStack.from(components, grid) },
      weights: { per_frame: [Float64Array.from({ length: 2 * n_frames }, (_, i) => i % 5)] },
    };
  },
});

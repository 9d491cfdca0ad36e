// The block under way: which frames, on which grid, as light or as counts.
import {
  type Arena,
  createKernels,
  type F32,
  type I32,
  type Kernels,
  type U8,
  type U16,
} from "@minisim/kernels";
import { area, type SceneGeometry, type Shape } from "@minisim/pipeline/rendering";
import type { RenderedProgram } from "../machine.ts";
import type { BlockWeights } from "../weights.ts";

export interface State {
  readonly geometry: SceneGeometry;
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly blockFrames: number;
  readonly numbers: I32;
  /** Whole frames of light, for which there is no room until a pass needs them. */
  readonly canvas: () => F32;
  /** The same buffer as the canvas where nothing moves the one onto the other. */
  readonly fov: () => F32;
  readonly counts8: U8;
  readonly counts16: U16;
  frames: Int32Array;
  weights: BlockWeights;
  space: "canvas" | "fov";
  /** The block stands for zeros, whatever its buffer holds. */
  dark: boolean;
  /** Where the block is held as counts; its light is then of the past. */
  counted: U8 | U16 | null;
}

export function createState(program: RenderedProgram, blockFrames: number): State {
  const { geometry, instructions } = program;
  const kernels = createKernels();
  const arena = kernels.arena();
  const fovPixels = blockFrames * area(geometry.fov);
  const room = (pixels: number): (() => F32) => {
    let made: F32 | undefined;
    return () => {
      made ??= arena.f32(pixels);
      return made;
    };
  };
  const canvas = room(blockFrames * area(geometry.canvas));
  const moves = instructions.some(({ verb }) => verb === "translate");
  const largest = instructions.flatMap((i) =>
    i.verb === "digitize" ? [i.exposure.max_count] : [],
  );
  return {
    geometry,
    kernels,
    arena,
    blockFrames,
    numbers: arena.i32(blockFrames),
    canvas,
    fov: moves ? room(fovPixels) : canvas,
    counts8: arena.u8(largest.some((count) => count <= 0xff) ? fovPixels : 0),
    counts16: arena.u16(largest.some((count) => count > 0xff) ? fovPixels : 0),
    frames: new Int32Array(0),
    weights: [],
    space: "canvas",
    dark: true,
    counted: null,
  };
}

export function beginBlock(state: State, frames: Int32Array, weights: BlockWeights): void {
  state.frames = frames;
  state.weights = weights;
  state.space = "canvas";
  state.dark = true;
  state.counted = null;
  state.numbers.set(frames);
}

export const grid = (state: State): Shape => state.geometry[state.space];

/** How many pixels the frames of the block have in all. */
export const blockPixels = (state: State): number => state.frames.length * area(grid(state));

/** The block's light, which may still be unwritten where it is dark. */
export const buffer = (state: State): F32 => state[state.space]();

/** The block's light, written out: zeros where it is dark, counts where it was digitized. */
export function light(state: State): F32 {
  const array = buffer(state);
  if (state.dark) array.view().fill(0, 0, blockPixels(state));
  state.dark = false;
  if (state.counted) {
    const n = blockPixels(state);
    const values = array.view();
    const counts = state.counted.view();
    for (let i = 0; i < n; i++) values[i] = counts[i]!;
    state.counted = null;
  }
  return array;
}

// What a backend is: a machine that holds one block of frames, and applies a program's instructions to all of them.
import type { Assemble, CustomVerb, FrameProgram, Instruction } from "@minisim/pipeline/rendering";
import type { BlockWeights } from "./weights.ts";

/** A program without what is made of its frames afterwards. */
export interface RenderedProgram extends Omit<FrameProgram, "instructions"> {
  readonly instructions: readonly Exclude<Instruction, Assemble>[];
}

export type FrameData = Uint8Array | Uint16Array | Float32Array;

export interface Machine {
  /** Starts a block: black frames on the canvas. At most `blockFrames` frame numbers, and the weights for them. */
  begin(frames: Int32Array, weights: BlockWeights): void;
  /** Applies instructions [from, to) of the program, in order, to all frames of the block. */
  run(from: number, to: number): void;
  /** The block as float32 frames on the grid they are on. Valid until the next call of any method. */
  frames(): Float32Array;
  /** The block's counts, if the last instruction was a digitize. Valid until the next call of any method. */
  counts(): Uint8Array | Uint16Array;
  /** Gives the memory back. */
  release(): void;
}

export type Backend = (
  program: RenderedProgram,
  blockFrames: number,
  verbs: ReadonlyMap<number, CustomVerb>,
) => Machine;

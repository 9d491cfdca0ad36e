// What a backend is: a machine that holds one block of frames, and applies a program's instructions to all of them.
import type { CustomVerb, FrameProgram } from "@minisim/pipeline";

export type FrameData = Uint8Array | Uint16Array | Float32Array;

export interface Machine {
  /** Starts a block: black frames on the canvas. At most `blockFrames` frame numbers. */
  begin(frames: Int32Array): void;
  /** Applies instruction number `index` of the program to all frames of the block. */
  apply(index: number): void;
  /** The block as float32 frames on the grid they are on. Valid until the next call of any method. */
  frames(): Float32Array;
  /** The block's counts, if the last instruction was a digitize. Valid until the next call of any method. */
  counts(): Uint8Array | Uint16Array;
  /** Gives the memory back. */
  release(): void;
}

export type Backend = (
  program: FrameProgram,
  blockFrames: number,
  verbs: ReadonlyMap<number, CustomVerb>,
) => Machine;

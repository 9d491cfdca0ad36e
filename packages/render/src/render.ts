// Executes a frame program for any set of frames, in blocks, as an async iterable: the consumer's pace is the renderer's.
import { type Container, type FrameProgram, findStage, type StageInfo } from "@minisim/pipeline";
import { loadVerbs } from "./custom.ts";
import type { Backend, FrameData, Machine } from "./machine.ts";
import { referenceMachine } from "./reference.ts";
import { centreCrop } from "./view.ts";
import { wasmMachine } from "./wasm.ts";
import { type BlockWeights, weightReader } from "./weights.ts";

export interface RenderOptions {
  /** Frame numbers, in the order wanted; all frames where absent. */
  readonly frames?: readonly number[];
  /** Stop after this stage (name or kind). */
  readonly until?: string;
  /** Stages whose frames are handed out along the way. */
  readonly taps?: readonly string[];
  /** Frames computed together; a matter of speed and memory, never of bytes. */
  readonly blockFrames?: number;
  /** "wasm": the product. "reference": slow, obvious float64, to hold the kernels against. */
  readonly backend?: "wasm" | "reference";
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface FrameBlock {
  readonly frames: Int32Array;
  /** frame × height × width over the FOV. Reused: valid until the next block is asked for. */
  readonly data: FrameData;
  /** By stage name: frames on the stage's own grid, reused like `data`. */
  readonly taps: ReadonlyMap<string, Float32Array>;
}

const BACKENDS: Readonly<Record<"wasm" | "reference", Backend>> = {
  wasm: wasmMachine,
  reference: referenceMachine,
};

// Long enough that the pause costs nothing, short enough that abort and progress feel immediate.
const BREATHE_MS = 40;

/** How the frames that `render` yields are stored without loss. */
export function containerOf(program: FrameProgram, until?: string): Container {
  return lastStage(program, until)?.container ?? "float32";
}

/**
 * Renders frames in blocks. While there is no movie yet (`until` a cell step) it yields nothing.
 * @throws RangeError for an unknown stage, a frame outside the recording or a block of no frames; TypeError for a custom
 * verb that its module lacks; the signal's reason when aborted.
 */
export async function* render(
  program: FrameProgram,
  options: RenderOptions = {},
): AsyncGenerator<FrameBlock, void, undefined> {
  const { signal, onProgress, blockFrames = 8 } = options;
  const last = lastStage(program, options.until);
  const taps = new Map((options.taps ?? []).map((name) => [findStage(program, name), name]));
  const frames = checkedFrames(program, options.frames);
  if (!(Number.isInteger(blockFrames) && blockFrames >= 1)) {
    throw new RangeError(`A block has a whole number of frames, at least 1, not ${blockFrames}.`);
  }
  signal?.throwIfAborted();
  if (!last?.space) return;

  const verbs = await loadVerbs(program);
  const machine = BACKENDS[options.backend ?? "wasm"](program, blockFrames, verbs);
  const run = new BlockRun(program, machine, last, [...taps.keys()]);
  let breath = performance.now();
  try {
    for (let start = 0; start < frames.length; start += blockFrames) {
      const block = frames.subarray(start, Math.min(start + blockFrames, frames.length));
      yield run.block(block);
      onProgress?.({ done: start + block.length, total: frames.length });
      if (performance.now() - breath > BREATHE_MS) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        breath = performance.now();
      }
      signal?.throwIfAborted();
    }
  } finally {
    machine.release();
  }
}

class BlockRun {
  readonly #program: FrameProgram;
  readonly #machine: Machine;
  readonly #last: StageInfo;
  /** In the order of the program. */
  readonly #taps: readonly StageInfo[];
  readonly #weights: (frames: Int32Array) => BlockWeights;

  constructor(
    program: FrameProgram,
    machine: Machine,
    last: StageInfo,
    taps: readonly StageInfo[],
  ) {
    this.#program = program;
    this.#machine = machine;
    this.#last = last;
    this.#taps = taps
      .filter((tap) => tap.space && tap.end <= last.end)
      .sort((a, b) => a.end - b.end);
    this.#weights = weightReader(program);
  }

  block(frames: Int32Array): FrameBlock {
    const machine = this.#machine;
    const taps = new Map<string, Float32Array>();
    machine.begin(frames, this.#weights(frames));
    let done = 0;
    for (const tap of this.#taps) {
      machine.run(done, tap.end);
      taps.set(tap.name, machine.frames().slice());
      done = tap.end;
    }
    machine.run(done, this.#last.end);
    return { frames, data: this.#observed(frames.length), taps };
  }

  #observed(n: number): FrameData {
    const { geometry } = this.#program;
    if (this.#last.container !== "float32") return this.#machine.counts();
    const frames = this.#machine.frames();
    if (this.#last.space === "fov" || geometry.margin_px === 0) return frames;
    return centreCrop(frames, n, geometry);
  }
}

function lastStage(program: FrameProgram, until?: string): StageInfo | undefined {
  return until === undefined ? program.stages.at(-1) : findStage(program, until);
}

function checkedFrames(program: FrameProgram, frames?: readonly number[]): Int32Array {
  const { n_frames } = program.geometry;
  if (!frames) return Int32Array.from({ length: n_frames }, (_, t) => t);
  const wrong = frames.find((t) => !Number.isInteger(t) || t < 0 || t >= n_frames);
  if (wrong !== undefined) {
    throw new RangeError(`There is no frame ${wrong}; this recording has ${n_frames}, from 0.`);
  }
  return Int32Array.from(frames);
}

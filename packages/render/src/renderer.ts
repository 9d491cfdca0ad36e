// A machine that stays warm: its operands are copied once, then any block of frames of any stage is rendered at once.
import {
  blockFramesOf,
  type FrameProgram,
  findStage,
  type SceneGeometry,
  type StageInfo,
} from "@minisim/pipeline/rendering";
import { Assembly, rendered, roomFor } from "./assembly.ts";
import { loadVerbs } from "./custom.ts";
import type { FrameBlock, View } from "./frame-block.ts";
import type { Backend, FrameData, Machine } from "./machine.ts";
import { referenceMachine } from "./reference.ts";
import { centreCrop } from "./view.ts";
import { wasmMachine } from "./wasm.ts";
import { type BlockWeights, weightReader } from "./weights.ts";

export interface RendererOptions {
  /** Frames computed together; a matter of speed and memory, never of bytes. 16 where absent, fewer of large frames. */
  readonly blockFrames?: number | undefined;
  /** "wasm": the product. "reference": slow, obvious float64, to hold the kernels against. */
  readonly backend?: "wasm" | "reference" | undefined;
}

export interface ViewOptions {
  /** Stop after this stage (name or kind). */
  readonly until?: string;
  /** Stages whose frames are handed out along the way. */
  readonly taps?: readonly string[] | undefined;
}

const BACKENDS: Readonly<Record<"wasm" | "reference", Backend>> = {
  wasm: wasmMachine,
  reference: referenceMachine,
};

/** Null while there is no movie yet (`until` a cell step). @throws RangeError that lists the stages for an unknown one. */
export function viewOf(program: FrameProgram, { until, taps = [] }: ViewOptions): View | null {
  const last = lastStage(program, until);
  const named = new Set(taps.map((name) => findStage(program, name)));
  if (!last?.space) return null;
  const reached = [...named].filter((tap) => tap.space && tap.end <= last.end);
  return { last, taps: reached.sort((a, b) => a.end - b.end) };
}

export function lastStage(program: FrameProgram, until?: string): StageInfo | undefined {
  return until === undefined ? program.stages.at(-1) : findStage(program, until);
}

export class Renderer {
  readonly blockFrames: number;
  // Not the program: the machine has copies of its operands, which are the larger part of it.
  readonly #geometry: SceneGeometry;
  /** What becomes of rendered frames. */
  readonly assembly: Assembly;
  /** Instructions of the machine. */
  readonly #end: number;
  readonly #weights: (frames: Int32Array) => BlockWeights;
  readonly #machine: Machine;

  private constructor(program: FrameProgram, machine: Machine, blockFrames: number) {
    this.#geometry = program.geometry;
    this.assembly = new Assembly(program);
    this.#end = rendered(program).instructions.length;
    this.#weights = weightReader(program);
    this.#machine = machine;
    this.blockFrames = blockFrames;
  }

  /** @throws RangeError for a block of no frames; TypeError for a custom verb that its module lacks. */
  static async create(program: FrameProgram, options: RendererOptions = {}): Promise<Renderer> {
    const { backend = "wasm" } = options;
    const blockFrames = checkedBlock(program.geometry, options.blockFrames);
    const verbs = await loadVerbs(program);
    const machine = BACKENDS[backend](rendered(program), blockFrames, verbs);
    return new Renderer(program, machine, blockFrames);
  }

  /** At most `blockFrames` frames as they are rendered, with their weights. */
  block(frames: Int32Array, { last, taps }: View, weights: BlockWeights): FrameBlock {
    const machine = this.#machine;
    machine.begin(frames, weights);
    const kept = new Map<string, Float32Array>();
    let done = 0;
    for (const tap of taps) {
      const end = Math.min(tap.end, this.#end);
      machine.run(done, end);
      kept.set(tap.name, machine.frames().slice());
      done = end;
    }
    machine.run(done, Math.min(last.end, this.#end));
    return { frames, data: this.#observed(frames.length, last), taps: kept };
  }

  /** All these frames, block by block, each rendered when it is asked for. @throws RangeError for a frame outside the recording. */
  *blocks(frames: readonly number[] | undefined, view: View): Generator<FrameBlock> {
    const numbers = checkedFrames(this.#geometry, frames);
    for (const block of blocksOf(numbers, this.blockFrames)) {
      if (!this.assembly.isIn(view)) yield this.block(block, view, this.#weights(block));
      else yield this.#assembled(block, view);
    }
  }

  /** A block of delivered frames, out of as many blocks of rendered ones as these take. */
  #assembled(delivered: Int32Array, view: View): FrameBlock {
    const takes = this.assembly.takes(delivered, view);
    let room: FrameBlock | undefined;
    let start = 0;
    for (const frames of blocksOf(takes.frames, this.blockFrames)) {
      const block = this.block(frames, view, this.#weights(frames));
      room ??= roomFor(delivered, block);
      this.assembly.put(takes, start, block, room);
      start += frames.length;
    }
    this.assembly.finish(room!, view);
    return room!;
  }

  /** Gives the memory back. */
  release(): void {
    this.#machine.release();
  }

  #observed(n: number, last: StageInfo): FrameData {
    const geometry = this.#geometry;
    if (last.container !== "float32") return this.#machine.counts();
    const frames = this.#machine.frames();
    if (last.space === "fov" || geometry.margin_px === 0) return frames;
    return centreCrop(frames, n, geometry);
  }
}

export function checkedBlock(
  geometry: SceneGeometry,
  blockFrames = blockFramesOf(geometry),
): number {
  if (Number.isInteger(blockFrames) && blockFrames >= 1) return blockFrames;
  throw new RangeError(`A block has a whole number of frames, at least 1, not ${blockFrames}.`);
}

export function checkedFrames({ n_frames }: SceneGeometry, frames?: readonly number[]): Int32Array {
  if (!frames) return Int32Array.from({ length: n_frames }, (_, t) => t);
  const wrong = frames.find((t) => !Number.isInteger(t) || t < 0 || t >= n_frames);
  if (wrong !== undefined) {
    throw new RangeError(`There is no frame ${wrong}; this recording has ${n_frames}, from 0.`);
  }
  return Int32Array.from(frames);
}

/** Runs of at most `length` frames, in order. */
export function blocksOf(frames: Int32Array, length: number): Int32Array[] {
  return Array.from({ length: Math.ceil(frames.length / length) }, (_, index) =>
    frames.slice(index * length, (index + 1) * length),
  );
}

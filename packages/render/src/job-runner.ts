// Renders jobs, runs of frames with their weights, block by block into one buffer, and delivers them.
import type { FrameProgram } from "@minisim/pipeline/rendering";
import type { FrameBlock, View } from "./frame-block.ts";
import type { FrameData } from "./machine.ts";
import {
  type Chunk,
  type Deliver,
  type Delivery,
  type Job,
  namesOf,
  type Work,
} from "./messages.ts";
import { fromPortable } from "./portable.ts";
import { Renderer, viewOf } from "./renderer.ts";
import type { BlockWeights } from "./weights.ts";

export interface JobResult {
  /** A Chunk, or what the delivery makes of it, while the next job is run. */
  readonly result: Promise<unknown>;
  readonly renderSeconds: number;
  /** How long the rendering stood still for the delivery. */
  readonly deliverSeconds: number;
}

type Buffer = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

export class JobRunner {
  readonly #renderer: Renderer;
  readonly #view: View;
  #deliver: Deliver | undefined;
  #delivery: Promise<unknown> = Promise.resolve();
  readonly #buffers = new Map<string, Buffer>();

  private constructor(renderer: Renderer, view: View) {
    this.#renderer = renderer;
    this.#view = view;
  }

  static async create(work: Work): Promise<JobRunner> {
    const program: FrameProgram = fromPortable(work.program);
    const view = viewOf(program, work);
    if (!view) throw new RangeError("There is no movie yet at this stage.");
    return new JobRunner(await Renderer.create(program, work), view);
  }

  async deliverTo(delivery: Delivery | undefined): Promise<void> {
    this.#deliver = delivery && (await loadDelivery(delivery));
  }

  /** `between` is called after every block with the number of its frames. */
  async run(job: Job, between: (frames: number) => void | Promise<void>): Promise<JobResult> {
    const { frames: delivered } = job;
    const { assembly, blockFrames } = this.#renderer;
    const takes = assembly.isIn(this.#view) ? assembly.takes(delivered, this.#view) : null;
    const frames = takes?.frames ?? delivered;
    const weightsOf = weightSlicer(frames, job.weights);
    let chunk: Chunk | undefined;
    let renderSeconds = 0;
    for (let start = 0; start < frames.length; start += blockFrames) {
      const began = performance.now();
      const end = Math.min(start + blockFrames, frames.length);
      const block = this.#block(frames.subarray(start, end), weightsOf(start, end));
      chunk ??= this.#chunkLike(block, delivered);
      if (takes) {
        if (start === 0) chunk.data.fill(0);
        assembly.put(takes, start, block, chunk);
      } else copy(block, chunk, start);
      renderSeconds += (performance.now() - began) / 1000;
      await between(end - start);
    }
    if (takes) assembly.finish(chunk!, this.#view);
    if (!this.#deliver) return { result: Promise.resolve(chunk), renderSeconds, deliverSeconds: 0 };
    const began = performance.now();
    // One delivery at a time beside the rendering: memory is bounded, whatever the pace of the disk.
    await this.#delivery;
    const finish = await this.#deliver(chunk!);
    const result = finish();
    this.#delivery = result.catch(() => {});
    return { result, renderSeconds, deliverSeconds: (performance.now() - began) / 1000 };
  }

  /** Resolves once nothing is delivered any more. */
  async release(): Promise<void> {
    await this.#delivery;
    this.#renderer.release();
  }

  #block(frames: Int32Array, weights: BlockWeights): FrameBlock {
    try {
      return this.#renderer.block(frames, this.#view, weights);
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Rendering ${namesOf(frames)} failed: ${problem}`, { cause });
    }
  }

  /** Room for all frames of a job: delivered, the room of the job before; handed over, room of its own. */
  #chunkLike(block: FrameBlock, frames: Int32Array): Chunk {
    const room = (name: string, like: FrameData) => {
      const size = (like.length / block.frames.length) * frames.length;
      const kept = this.#buffers.get(name);
      if (kept?.length === size) return kept;
      const made = new (like.constructor as new (size: number) => Buffer)(size);
      if (this.#deliver) this.#buffers.set(name, made);
      return made;
    };
    const taps = [...block.taps].map(([name, data]) => [name, room(`tap ${name}`, data)] as const);
    const data = room("movie", block.data);
    return { frames, data, taps: new Map(taps as [string, Float32Array][]) };
  }
}

async function loadDelivery({ module, export: name, arguments: given, local }: Delivery) {
  if (local) return local();
  const loaded: Record<string, unknown> = await import(/* @vite-ignore */ module);
  const make = loaded[name];
  if (typeof make === "function") return make(given) as Deliver;
  throw new TypeError(`The module "${module}" has no function "${name}" for a delivery.`);
}

/** Puts a block into a chunk, its first frame as frame `start` there. */
function copy(block: FrameBlock, chunk: Chunk, start: number): void {
  chunk.data.set(block.data, (start * block.data.length) / block.frames.length);
  for (const [name, data] of block.taps) {
    chunk.taps.get(name)!.set(data, (start * data.length) / block.frames.length);
  }
}

/** The weights of frames [start, end) of a job, out of those of the whole job. Reused: valid until the next call. */
function weightSlicer(
  frames: Int32Array,
  weights: BlockWeights,
): (start: number, end: number) => BlockWeights {
  const total = frames.length;
  const sliced = weights.map(() => new Float64Array(0));
  return (start, end) =>
    weights.map((all, index) => {
      if (!all || (start === 0 && end === total)) return all;
      const n = end - start;
      const count = all.length / total;
      if (sliced[index]!.length !== count * n) sliced[index] = new Float64Array(count * n);
      const target = sliced[index]!;
      for (let k = 0; k < count; k++) {
        for (let f = 0; f < n; f++) target[k * n + f] = all[k * total + start + f]!;
      }
      return target;
    });
}

// Spec → store on disk, chunk by chunk: memory stays bounded however long the recording is.
import type { CompileOptions, Plan } from "@minisim/pipeline";
import { type FrameBlock, type RenderOptions, render } from "@minisim/render";
import type { Simulator } from "@minisim/simulator";
import type { RecordingWriter, StoreHeader } from "@minisim/store";
import { createRecordingAt } from "@minisim/store/node";
import { builtin } from "./builtin.ts";
import { reachOf, storeHeader } from "./node-header.ts";

export interface StoreOptions
  extends CompileOptions,
    Pick<RenderOptions, "until" | "backend" | "blockFrames" | "onProgress"> {
  /** Whose steps the spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator;
  /** Replaces what stands at the path, once the new recording is complete. */
  readonly force?: boolean;
}

/** What was written. */
export interface SimulatedStore extends StoreHeader {
  readonly path: string;
}

/**
 * Simulates a spec, or what `compile` made of one, into the folder `path` (`NAME.zarr`). The folder appears once it is complete; until
 * then frames go to `path.partial`, which is removed on any failure and on abort.
 * @throws SpecError for a spec that is not valid; RangeError for an unknown stage; StoreError "exists", "no_space", ...;
 *   the signal's reason when aborted.
 */
export async function simulateToStore(
  specOrPlan: unknown,
  path: string,
  options: StoreOptions = {},
): Promise<SimulatedStore> {
  const { simulator = builtin, until, force = false } = options;
  const plan = isPlan(specOrPlan) ? specOrPlan : simulator.compile(specOrPlan, options);
  const header = storeHeader(plan, simulator, until);
  options.signal?.throwIfAborted();
  const writer = await createRecordingAt(path, header, { force });
  try {
    await writeFrames(plan, writer, options);
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return { ...header, path };
}

async function writeFrames(plan: Plan, writer: RecordingWriter, options: StoreOptions) {
  const { kept } = reachOf(plan, options.until);
  const taps = kept.map(({ name }) => name);
  const sinks = writer.arrays.map((array) => new ChunkSink(writer, array));
  for await (const block of render(plan.program, { ...options, taps })) {
    for (const sink of sinks) await sink.take(block);
  }
}

/** Gathers the blocks of one movie until a chunk is full. */
class ChunkSink {
  readonly #writer: RecordingWriter;
  readonly #array: string;
  readonly #pixels: number;
  readonly #chunk: Uint8Array | Uint16Array | Float32Array;
  readonly #frames: number;
  #done = 0;
  #filled = 0;

  constructor(writer: RecordingWriter, array: string) {
    const { shape, dtype, chunkRows } = writer.layout(array);
    this.#writer = writer;
    this.#array = array;
    this.#frames = shape[0]!;
    this.#pixels = shape[1]! * shape[2]!;
    const Container = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array }[dtype];
    this.#chunk = new Container(Math.min(chunkRows, this.#frames) * this.#pixels);
  }

  async take(block: FrameBlock): Promise<void> {
    const stage = this.#array.slice("snapshots/".length);
    const data = this.#array === "observed" ? block.data : block.taps.get(stage)!;
    const { chunkRows } = this.#writer.layout(this.#array);
    for (let from = 0; from < block.frames.length; ) {
      const count = Math.min(block.frames.length - from, chunkRows - this.#filled);
      const part = data.subarray(from * this.#pixels, (from + count) * this.#pixels);
      this.#chunk.set(part, this.#filled * this.#pixels);
      this.#filled += count;
      this.#done += count;
      from += count;
      if (this.#filled === chunkRows || this.#done === this.#frames) await this.#flush(chunkRows);
    }
  }

  async #flush(chunkRows: number): Promise<void> {
    const index = Math.ceil(this.#done / chunkRows) - 1;
    const frames = this.#chunk.subarray(0, this.#filled * this.#pixels);
    this.#filled = 0;
    await this.#writer.writeChunk(index, frames, this.#array);
  }
}

function isPlan(value: unknown): value is Plan {
  return typeof value === "object" && value !== null && "program" in value && "scene" in value;
}

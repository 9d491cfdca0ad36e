// Executes a frame program for any set of frames, in blocks, as an async iterable: the consumer's pace is the renderer's.
import type { FrameProgram } from "@minisim/pipeline/rendering";
import type { Container } from "@minisim/spec";
import type { FrameBlock } from "./frame-block.ts";
import type { Chunk } from "./messages.ts";
import { checkedWorkers, createPool } from "./pool.ts";
import {
  blocksOf,
  checkedBlock,
  checkedFrames,
  lastStage,
  Renderer,
  type RendererOptions,
  type ViewOptions,
  viewOf,
} from "./renderer.ts";
import { eventLoopYielder } from "./threads.ts";

export interface RenderOptions extends RendererOptions, ViewOptions {
  /** Frame numbers, in the order wanted; all frames where absent. */
  readonly frames?: readonly number[] | undefined;
  /** Threads to render on, a matter of speed alone. 0 or 1, or absent: the calling one. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?:
    | ((progress: { readonly done: number; readonly total: number }) => void)
    | undefined;
}

/** How the frames that `render` yields are stored without loss. */
export function containerOf(program: FrameProgram, until?: string): Container {
  return lastStage(program, until)?.container ?? "float32";
}

/**
 * Renders frames in blocks. While there is no movie yet (`until` a cell step) it yields nothing.
 * @throws RangeError for an unknown stage, a frame outside the recording, a block of no frames or a wrong number of workers;
 *   TypeError for a custom verb that its module lacks; an Error that names the frames when a worker fails; the signal's reason
 *   when aborted.
 */
export async function* render(
  program: FrameProgram,
  options: RenderOptions = {},
): AsyncGenerator<FrameBlock, void, undefined> {
  const { signal, onProgress } = options;
  const view = viewOf(program, options);
  const frames = checkedFrames(program.geometry, options.frames);
  const blocks = blocksOf(frames, checkedBlock(program.geometry, options.blockFrames));
  signal?.throwIfAborted();
  if (!view) return;

  const workers = Math.min(checkedWorkers(options.workers ?? 0), blocks.length);
  const source = workers > 1 ? onWorkers : onThisThread;
  let done = 0;
  for await (const block of source()) {
    yield block;
    done += block.frames.length;
    onProgress?.({ done, total: frames.length });
    signal?.throwIfAborted();
  }

  async function* onThisThread(): AsyncGenerator<FrameBlock, void, undefined> {
    const renderer = await Renderer.create(program, options);
    const yieldToEventLoop = eventLoopYielder();
    try {
      for (const block of renderer.blocks(options.frames, view!)) {
        yield block;
        await yieldToEventLoop();
        signal?.throwIfAborted();
      }
    } finally {
      renderer.release();
    }
  }

  async function* onWorkers(): AsyncGenerator<FrameBlock, void, undefined> {
    const pool = createPool(program, { ...options, workers });
    try {
      const results = pool.run(blocks, { signal });
      for await (const result of results) yield result as Chunk;
    } finally {
      await pool.release();
    }
  }
}

export type { FrameBlock, View } from "./frame-block.ts";
export type { FrameData } from "./machine.ts";
export type { Chunk, Deliver, Delivery } from "./messages.ts";
export {
  availableWorkers,
  createPool,
  type PoolOptions,
  type PoolProfile,
  type RenderPool,
  type RunOptions,
} from "./pool.ts";
export { containerOf, type RenderOptions, render } from "./render.ts";
export {
  Renderer,
  type RendererOptions,
  type ViewOptions,
  viewOf,
} from "./renderer.ts";
export { eventLoopYielder } from "./threads.ts";
export { startWorkerSet, type WorkerSet } from "./worker-set.ts";

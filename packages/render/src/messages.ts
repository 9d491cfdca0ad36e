// What a pool and its workers say to each other.
import type { FrameData } from "./machine.ts";
import type { PortableProgram } from "./portable.ts";
import type { RendererOptions, ViewOptions } from "./renderer.ts";
import type { BlockWeights } from "./weights.ts";

/** Frames as they leave a worker. */
export interface Chunk {
  readonly frames: Int32Array;
  /** frame × height × width over the FOV. */
  readonly data: FrameData;
  /** The frames of each stage that is tapped, on its own grid, by its name. */
  readonly taps: ReadonlyMap<string, Float32Array>;
}

/**
 * What to do with finished frames where they were rendered: `module` is imported there and its `export` called once with the
 * arguments, which are plain data; it returns a `Deliver`.
 */
export interface Delivery {
  readonly module: string;
  readonly export: string;
  readonly arguments: unknown;
  /** The same `Deliver`, for the calling thread: it loads no module by its address, which a bundle does not have. */
  readonly local?: () => Deliver;
}
/**
 * Takes over the frames of one job, which are reused once the promise resolves. The promise resolves to the rest of the work.
 * The rest runs while the next job is rendered; its outcome is plain data and goes back to the pool.
 */
export type Deliver = (chunk: Chunk) => Promise<() => Promise<unknown>>;

/** What a worker is set up for. */
export interface Work extends RendererOptions, ViewOptions {
  readonly program: PortableProgram;
}

export interface Job {
  readonly number: number;
  /** To be delivered. */
  readonly frames: Int32Array;
  /** The weights of all frames that are rendered for the job. */
  readonly weights: BlockWeights;
}

export type ToWorker =
  /** Load this module now, because it will be needed. A module that cannot be loaded fails when it is needed. */
  | { readonly type: "load"; readonly module: string }
  | { readonly type: "open"; readonly work: Work }
  /** Deliver finished frames there from now on. Without a delivery they are posted back. */
  | { readonly type: "deliver"; readonly delivery: Delivery | undefined }
  | { readonly type: "job"; readonly job: Job };

export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

export type FromWorker =
  | { readonly type: "ready"; readonly startSeconds: number }
  | { readonly type: "progress"; readonly frames: number }
  | {
      readonly type: "done";
      readonly job: number;
      readonly result: unknown;
      readonly renderSeconds: number;
      readonly deliverSeconds: number;
    }
  | { readonly type: "failed"; readonly error: PlainError };

export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: undefined };
  const { name, message, stack } = error;
  return { name, message, stack };
}

/** The error as this side throws it; where it was thrown is its cause. */
export function revivedError({ name, message, stack }: PlainError): Error {
  const Type = { TypeError, RangeError }[name] ?? Error;
  const cause = new Error(message);
  if (stack !== undefined) cause.stack = stack;
  return new Type(message, { cause });
}

/** "frame 3", "frames 8 to 15". */
export function namesOf(frames: Int32Array): string {
  const [first, last] = [frames[0], frames.at(-1)];
  return frames.length === 1 ? `frame ${first}` : `frames ${first} to ${last}`;
}

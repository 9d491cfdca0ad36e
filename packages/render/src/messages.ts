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
  /** By stage name: frames on the stage's own grid. */
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
 * Takes over one job's frames, which are reused once its promise resolves. It resolves to what is left to be done, whose
 * outcome goes back as plain data; meanwhile the next job is rendered.
 */
export type Deliver = (chunk: Chunk) => Promise<() => Promise<unknown>>;

/** What a worker is set up for. */
export interface Work extends RendererOptions, ViewOptions {
  readonly program: PortableProgram;
}

export interface Job {
  readonly number: number;
  readonly frames: Int32Array;
  /** For all frames of the job. */
  readonly weights: BlockWeights;
}

export type ToWorker =
  /** Load this module, which will be asked for. That it cannot be loaded shows when it is. */
  | { readonly type: "load"; readonly module: string }
  | { readonly type: "open"; readonly work: Work }
  /** From now on, finished frames go there; without one they come back. */
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

// What a recording is wherever it lies: in memory, in a store, or not made yet. Whatever reads recordings takes this.
import { type Container, geometryOf, type Path, type Spec, type StepPackage } from "@minisim/spec";
import type { GroundTruth } from "./ground-truth.ts";

/** Something that the user should know about a recording. */
export interface RecordingWarning {
  readonly code: string;
  /** The place in the spec that is meant. */
  readonly path: Path;
  readonly message: string;
}

/** Frames start … end − 1 of a movie. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** Frames of the field of view, row-major. The data may be used again by whoever yields it: valid until the next block is asked for. */
export interface MovieBlock extends FrameRange {
  readonly data: Uint8Array | Uint16Array | Float32Array;
}

export interface Recorded {
  readonly spec: Spec;
  /** Of the spec, under the revisions of its steps. Empty where nobody knows them, as in a file of another program. */
  readonly cache_key: string;
  /** Revision of the physics of each step that made it, by kind. Empty where nobody knows them. */
  readonly step_revisions: Readonly<Record<string, number>>;
  /** Packages that brought these steps, by kind; without those of which nobody knows it. */
  readonly step_packages: Readonly<Record<string, StepPackage>>;
  /** (frames, height, width) of the observed movie. */
  readonly shape: readonly [n_frames: number, height: number, width: number];
  /** The narrowest number type that holds the observed movie. */
  readonly container: Container;
  readonly warnings: readonly RecordingWarning[];
  truth(): Promise<GroundTruth>;
  /**
   * The observed movie in its container, or the light after a stage (float32, cropped to the field of view), block by block in order.
   * Blocks are as long as is cheap; together they are the range, and all frames where it is absent.
   * @throws RangeError for frames that do not exist, or a stage that is not to be had.
   */
  frames(range?: FrameRange, stage?: string): AsyncIterable<MovieBlock>;
}

/** Frames per second, and µm of tissue along a pixel. */
export function scaleOf({ spec }: Pick<Recorded, "spec">): {
  readonly fps: number;
  readonly pixel_size_um: number;
} {
  const { acquisition } = spec;
  return { fps: acquisition.fps, pixel_size_um: geometryOf(acquisition).pixel_size_um };
}

/** The range, or all of `total` frames. @throws RangeError where it is no part of them. */
export function checkedRange(range: FrameRange | undefined, total: number): FrameRange {
  const { start, end } = range ?? { start: 0, end: total };
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (whole && start >= 0 && end >= start && end <= total) return { start, end };
  throw new RangeError(`The movie has ${total} frames: ${start} to ${end} is no part of them.`);
}

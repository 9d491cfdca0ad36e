// What is measured: a stream of frames with its size, rate and scale.
import { type MovieBlock, type Recorded, scaleOf } from "@minisim/recording";
import type { Container } from "@minisim/spec";

export interface Movie {
  /** (frames, height, width). */
  readonly shape: readonly [n_frames: number, height: number, width: number];
  /** The type of a pixel. */
  readonly container: Container;
  /**
   * Whether all pixels are whole numbers; where absent, the container tells. Of whole numbers the noise is measured by its second moment, of
   * others by its median deviation.
   */
  readonly whole_numbers?: boolean;
  /** Frames per second. */
  readonly fps: number;
  /** Side of a pixel in the tissue, where it is known. */
  readonly pixel_size_um?: number;
  /** The code of a saturated pixel; the largest of the container where absent. */
  readonly max_code?: number;
  /** All frames in order, block by block. A block is valid until the next one is asked for. */
  frames(): AsyncIterable<MovieBlock>;
}

/** The observed movie of a recording, or the one after a stage, whose frames it has to have in this container. */
export function movieOf(
  recorded: Recorded,
  { stage, container = recorded.container }: { stage?: string; container?: Container } = {},
): Movie {
  const { shape, spec } = recorded;
  const isCounts = container !== "float32";
  return {
    shape,
    container,
    ...scaleOf(recorded),
    ...(isCounts && { max_code: 2 ** spec.acquisition.image_sensor.bit_depth - 1 }),
    frames: () => recorded.frames(undefined, stage),
  };
}

/** Frames one by one: views that are valid until the next one. */
export async function* eachFrame({ shape, frames }: Movie): AsyncGenerator<ArrayLike<number>> {
  const size = shape[1] * shape[2];
  for await (const { data } of frames()) {
    for (let from = 0; from < data.length; from += size) yield data.subarray(from, from + size);
  }
}

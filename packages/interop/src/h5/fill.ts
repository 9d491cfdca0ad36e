// What the layouts share: the movie, unit × frame matrices and footprints, each streamed in bounded pieces.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth, Recorded, TruthField } from "@minisim/recording";
import type { Watch } from "../contract.ts";
import { movieOf } from "../stream.ts";
import type { Attributes, H5Sink } from "./sink.ts";

// HDF5 caches chunks up to 1 MiB.
const CHUNK_BYTES = 1 << 20;
// The library's memory grows to the largest piece and never shrinks.
const PIECE_BYTES = 1 << 23;

const TYPES = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

/** Frame by frame, (frame, height, width); or (frame, width, height), as NWB has it, when `widthFirst`. */
export async function writeMovie(
  sink: H5Sink,
  path: string,
  source: Recorded,
  watch: Watch,
  { widthFirst = false, attributes = {} }: { widthFirst?: boolean; attributes?: Attributes } = {},
): Promise<void> {
  const [total, height, width] = source.shape;
  const type = TYPES[source.container];
  const pixels = height * width;
  const frameBytes = pixels * type.BYTES_PER_ELEMENT;
  const [rows, columns] = widthFirst ? [width, height] : [height, width];
  const chunks = [Math.max(1, Math.floor(CHUNK_BYTES / frameBytes)), rows, columns];
  const movie = sink.streamed(path, { type, shape: [total, rows, columns], chunks }, attributes);
  // Whole chunks, or those that two pieces share would be unpacked again.
  const step = chunks[0]! * Math.max(1, Math.floor(PIECE_BYTES / (frameBytes * chunks[0]!)));
  const turned = widthFirst ? new type(step * pixels) : null;
  for await (const { start, end, data } of movieOf(source, watch)) {
    for (let from = start; from < end; from += step) {
      const to = Math.min(from + step, end);
      let values: Uint8Array | Uint16Array | Float32Array = data.subarray(
        (from - start) * pixels,
        (to - start) * pixels,
      );
      if (turned) {
        turnFrames(values, turned, height, width);
        values = turned.subarray(0, values.length);
      }
      movie.write(
        [
          [from, to],
          [0, rows],
          [0, columns],
        ],
        values,
      );
    }
  }
}

const TILE = 32;

/** Frames height × width into frames width × height. */
export function turnFrames(
  frames: ArrayLike<number>,
  turned: { [index: number]: number },
  height: number,
  width: number,
): void {
  const pixels = height * width;
  for (let at = 0; at < frames.length; at += pixels) {
    // In tiles that stay in the cache, or every read misses it.
    for (let top = 0; top < height; top += TILE) {
      const bottom = Math.min(top + TILE, height);
      for (let x = 0; x < width; x++) {
        for (let y = top; y < bottom; y++)
          turned[at + x * height + y] = frames[at + y * width + x]!;
      }
    }
  }
}

// Units × frames × 8 bytes are read at once, as many units as fit.
const STRIP_UNITS = 16;

/** A row × frame field, exact: (row, frame), or (frame, row) when `frameFirst`. */
export function writeMatrix(
  sink: H5Sink,
  path: string,
  field: TruthField,
  { frameFirst = false, attributes = {} }: { frameFirst?: boolean; attributes?: Attributes } = {},
): void {
  const [units, frames] = field.shape as readonly [number, number];
  const long = Math.max(1, Math.floor(CHUNK_BYTES / (8 * STRIP_UNITS)));
  const matrix = sink.streamed(
    path,
    {
      type: Float64Array,
      shape: frameFirst ? [frames, units] : [units, frames],
      chunks: frameFirst ? [long, STRIP_UNITS] : [STRIP_UNITS, long],
    },
    attributes,
  );
  for (let start = 0; start < units; start += STRIP_UNITS) {
    const end = Math.min(start + STRIP_UNITS, units);
    const rows = Float64Array.from(field.rows(start, end));
    if (!frameFirst) {
      matrix.write(
        [
          [start, end],
          [0, frames],
        ],
        rows,
      );
      continue;
    }
    const turned = new Float64Array(rows.length);
    turnFrames(rows, turned, end - start, frames);
    matrix.write(
      [
        [0, frames],
        [start, end],
      ],
      turned,
    );
  }
}

/** The observed footprints over the field of view. */
export function fovFootprints(truth: GroundTruth): FootprintStack {
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  return truth.observed_footprints.crop({ top, left, height, width });
}

const MASK_TILE = 64;

/**
 * Footprints as images, float32: (unit, height, width), or (unit, width, height) when `widthFirst`. Only tiles that a
 * footprint touches are stored.
 */
export function writeMasks(
  sink: H5Sink,
  path: string,
  stack: FootprintStack,
  { widthFirst = false, attributes = {} }: { widthFirst?: boolean; attributes?: Attributes } = {},
): void {
  const { height, width } = stack.canvas;
  const masks = sink.streamed(
    path,
    {
      type: Float32Array,
      shape: [stack.length, ...(widthFirst ? [width, height] : [height, width])],
      chunks: [1, MASK_TILE, MASK_TILE],
      gzip: true,
    },
    attributes,
  );
  for (let unit = 0; unit < stack.length; unit++) {
    const patch = stack.at(unit);
    const rows = [patch.row, patch.row + patch.height] as const;
    const columns = [patch.col, patch.col + patch.width] as const;
    if (!widthFirst) {
      masks.write([[unit, unit + 1], rows, columns], patch.data);
      continue;
    }
    const turned = new Float32Array(patch.data.length);
    turnFrames(patch.data, turned, patch.height, patch.width);
    masks.write([[unit, unit + 1], columns, rows], turned);
  }
}

// The movies of a store, observed and snapshots: their arrays, and the encoding of their chunks.

import type { Container } from "@minisim/spec";
import type { Allocate } from "./allocate.ts";
import { encodeRows } from "./array-io.ts";
import { type FrameData, toContainer } from "./container.ts";
import { bytesPerItem } from "./dtype.ts";
import { StoreError } from "./error.ts";
import { chunkCount, chunkRowsFor, product, rowsOfChunk } from "./grid.ts";
import type { StoreHeader } from "./header.ts";
import type { ArrayNode } from "./metadata.ts";

export const OBSERVED = "observed";
export const SNAPSHOTS = "snapshots";
export const MOVIE_DIMS = ["frame", "height", "width"] as const;

/** The layout of one movie: plain data, so that it can be sent to a worker that encodes chunks. */
export interface MovieLayout {
  /** "observed" or "snapshots/STAGE". */
  readonly path: string;
  readonly shape: readonly number[];
  readonly dtype: Container;
  /** Frames of a chunk. */
  readonly chunkRows: number;
}

export interface MovieNode extends ArrayNode {
  readonly dtype: Container;
}

/** The movie of a stage on the way, and where the field of view begins in it: (top, left). */
export interface Stage {
  readonly node: MovieNode;
  readonly fov_offset: readonly [number, number];
}

/**
 * All movies share one chunk length, that of the movie whose frames are largest, so that whoever renders observed and
 * snapshots side by side finishes their chunks together.
 */
export function movieNodes({ movie, snapshots = [] }: StoreHeader): MovieNode[] {
  const frameBytes = [
    product(movie.shape.slice(1)) * bytesPerItem(movie.container),
    ...snapshots.map(({ shape }) => product(shape.slice(1)) * bytesPerItem("float32")),
  ];
  const chunkRows = chunkRowsFor(movie.shape[0], Math.max(...frameBytes));
  const counts = movie.container !== "float32";
  const observed: MovieNode = {
    path: OBSERVED,
    dtype: movie.container,
    shape: movie.shape,
    chunkRows,
    dims: MOVIE_DIMS,
    attributes: {
      unit: counts ? "count" : "1",
      description: counts
        ? "The movie that the sensor delivers."
        : "The movie without a sensor: light, not counts.",
    },
  };
  const stages = snapshots.map(({ name, shape, fov_offset }): MovieNode => {
    const description = `The movie after the stage ${name}.`;
    const attributes = { unit: "1", description, fov_offset };
    const path = `${SNAPSHOTS}/${name}`;
    return { path, dtype: "float32", shape, chunkRows, dims: MOVIE_DIMS, attributes };
  });
  return [observed, ...stages];
}

/**
 * The bytes of chunk `index` from its frames, row-major, in any type whose values the container holds. Runs anywhere;
 * hand the result to `writeEncodedChunk` of the writer. `allocate` gives the room for it, as much as asked for.
 * @throws StoreError "invalid" for a chunk that does not exist, a wrong number of pixels, or a value that does not fit.
 */
export async function encodeMovieChunk(
  layout: MovieLayout,
  index: number,
  frames: FrameData,
  allocate?: Allocate,
): Promise<Uint8Array> {
  checkChunkIndex(layout, index);
  const [start, end] = rowsOfChunk(layout, index);
  const expected = (end - start) * product(layout.shape.slice(1));
  if (frames.length !== expected) {
    throw new StoreError(
      "invalid",
      `Chunk ${index} of ${layout.path} takes the ${expected} pixels of frames ${start} to ${end - 1}, not ${frames.length}.`,
      { key: layout.path },
    );
  }
  return encodeRows(layout, toContainer(frames, layout.dtype), allocate);
}

export function checkChunkIndex(layout: MovieLayout, index: number): void {
  const chunks = chunkCount(layout);
  if (Number.isInteger(index) && index >= 0 && index < chunks) return;
  const problem = `${layout.path} has ${chunks} chunks and none at ${index}.`;
  throw new StoreError("invalid", problem, { key: layout.path });
}

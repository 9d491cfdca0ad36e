// How large a recording is before it is encoded.
import { bytesPerItem } from "./dtype.ts";
import { type ArrayGrid, product } from "./grid.ts";
import type { StoreHeader } from "./header.ts";
import { movieNodes } from "./movie.ts";
import { truthArrays } from "./truth-arrays.ts";

export interface DecodedBytes {
  readonly movie: number;
  /** Of all stages that are kept. */
  readonly snapshots: number;
  readonly truth: number;
}

/** Bytes of the arrays of a store as they decode. Computes none of them. */
export function decodedBytes(header: StoreHeader): DecodedBytes {
  const [movie, ...snapshots] = movieNodes(header).map(bytesOf) as [number, ...number[]];
  const truth = truthArrays(header.ground_truth).map(({ node }) => bytesOf(node));
  return { movie, snapshots: sum(snapshots), truth: sum(truth) };
}

const bytesOf = ({ shape, dtype }: ArrayGrid): number => product(shape) * bytesPerItem(dtype);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

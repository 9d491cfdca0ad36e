// How the frames of two recordings differ, in one pass over both.
import type { MovieBlock, Recorded } from "../recorded.ts";

export interface MovieDifference {
  /** Frames that both have. */
  readonly frames: number;
  /** Share of the values of these frames that differ. */
  readonly differing_fraction: number;
  /** Null where none differs. */
  readonly first_frame: number | null;
  /** Of second − first, over all values. */
  readonly mean: number;
  readonly rms: number;
  /** The largest difference without its sign, and where: (frame, row, column) of the first of them. */
  readonly largest: number;
  readonly largest_at: readonly [frame: number, y: number, x: number] | null;
}

export interface CompareMoviesOptions {
  /** Only so many from the start. */
  readonly frames?: number;
  /** Sees all frames once, row-major, a few at a time. */
  readonly onFrames?: (first: ArrayLike<number>, second: ArrayLike<number>, start: number) => void;
}

/** @throws RangeError where their frames are of different sizes. */
export async function compareMovies(
  first: Recorded,
  second: Recorded,
  { frames: most = Number.POSITIVE_INFINITY, onFrames }: CompareMoviesOptions = {},
): Promise<MovieDifference> {
  const [n1, height, width] = first.shape;
  const [n2, ...size2] = second.shape;
  if (size2.join() !== [height, width].join()) {
    const sizes = `${height} × ${width} and ${size2.join(" × ")}`;
    throw new RangeError(`Frames of ${sizes} pixels have no pixels in common.`);
  }
  const frames = Math.min(n1, n2, most);
  const size = height * width;
  let [differing, sum, squares, largest] = [0, 0, 0, 0];
  let firstAt = -1;
  let largestAt = -1;
  const range = { start: 0, end: frames };
  for await (const { start, a, b } of together(first.frames(range), second.frames(range), size)) {
    onFrames?.(a, b, start);
    for (let i = 0; i < a.length; i++) {
      const difference = b[i]! - a[i]!;
      if (difference === 0) continue;
      const at = start * size + i;
      if (differing === 0) firstAt = at;
      differing++;
      sum += difference;
      squares += difference * difference;
      if (Math.abs(difference) <= largest) continue;
      largest = Math.abs(difference);
      largestAt = at;
    }
  }
  const values = Math.max(1, frames * size);
  const place = [Math.floor(largestAt / size), Math.floor((largestAt % size) / width)] as const;
  return {
    frames,
    differing_fraction: differing / values,
    first_frame: firstAt < 0 ? null : Math.floor(firstAt / size),
    mean: sum / values,
    rms: Math.sqrt(squares / values),
    largest,
    largest_at: largestAt < 0 ? null : [...place, largestAt % width],
  };
}

type Values = MovieBlock["data"];

/** The same frames of two movies, whose blocks need not be equally long. */
async function* together(
  first: AsyncIterable<MovieBlock>,
  second: AsyncIterable<MovieBlock>,
  size: number,
): AsyncGenerator<{ readonly start: number; readonly a: Values; readonly b: Values }> {
  const others = second[Symbol.asyncIterator]();
  try {
    let other: MovieBlock | undefined;
    for await (const one of first) {
      for (let at = one.start; at < one.end; ) {
        if (!other || at >= other.end) other = (await others.next()).value as MovieBlock;
        const end = Math.min(one.end, other.end);
        const part = ({ start, data }: MovieBlock) =>
          data.subarray((at - start) * size, (end - start) * size);
        yield { start: at, a: part(one), b: part(other) };
        at = end;
      }
    }
  } finally {
    await others.return?.();
  }
}

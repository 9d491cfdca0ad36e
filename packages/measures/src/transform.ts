// Movies made from movies, frame by frame: without the stripes of rows, and binned.
import type { MovieBlock } from "@minisim/recording";
import { InputError, shown } from "@minisim/spec/input";
import { withoutRowOffsets } from "./measures/row-offsets.ts";
import { eachFrame, type Movie } from "./movie.ts";

export interface Binning {
  /** Side of the square of pixels whose mean is one pixel; 1 where absent. */
  readonly pixels?: number;
  /** How many frames in a row have their mean as one frame; 1 where absent. */
  readonly frames?: number;
}

/**
 * The movie of means of squares of pixels and of runs of frames, in floats. Pixels and frames at the ends that fill no whole square or run are left out.
 * @throws InputError where a bin is no whole number, or larger than the movie.
 */
export function binned(movie: Movie, { pixels = 1, frames = 1 }: Binning): Movie {
  const [n, height, width] = movie.shape;
  const problems = [
    ...problemOf("A bin of pixels", pixels, Math.min(height, width)),
    ...problemOf("A bin of frames", frames, n),
  ];
  if (problems.length > 0) throw new InputError(problems);
  if (pixels === 1 && frames === 1) return movie;
  const shape = [n / frames, height / pixels, width / pixels].map(Math.floor);
  const { max_code: _, whole_numbers: __, pixel_size_um, ...rest } = movie;
  return {
    ...rest,
    shape: shape as [number, number, number],
    container: "float32",
    fps: movie.fps / frames,
    ...(pixel_size_um !== undefined && { pixel_size_um: pixel_size_um * pixels }),
    frames: () => binnedFrames(movie, shape, pixels, frames),
  };
}

function problemOf(what: string, size: number, most: number): string[] {
  if (Number.isInteger(size) && size >= 1 && size <= most) return [];
  return [`${what} is ${shown(size)}; it must be a whole number from 1 to ${most}.`];
}

async function* binnedFrames(
  movie: Movie,
  [total, height, width]: readonly number[],
  side: number,
  run: number,
): AsyncGenerator<MovieBlock> {
  const sums = new Float64Array(height! * width!);
  const data = new Float32Array(sums.length);
  const values = side * side * run;
  let index = 0;
  for await (const frame of eachFrame(movie)) {
    addSquares(frame, movie.shape[2], side, [height!, width!], sums);
    index++;
    if (index % run !== 0) continue;
    for (let i = 0; i < sums.length; i++) data[i] = sums[i]! / values;
    sums.fill(0);
    yield { start: index / run - 1, end: index / run, data };
    if (index / run === total) return;
  }
}

function addSquares(
  frame: ArrayLike<number>,
  stride: number,
  side: number,
  [height, width]: readonly [number, number],
  sums: Float64Array,
): void {
  for (let y = 0; y < height * side; y++) {
    const row = Math.floor(y / side) * width;
    for (let x = 0, from = y * stride; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < side; k++) sum += frame[from++]!;
      sums[row + x]! += sum;
    }
  }
}

/**
 * The movie without the stripes of its rows: every row of every frame less what its median has over the running median of the nine around it.
 * Some image sensors and radio links shift whole rows, and their reference numbers are of movies so corrected.
 */
export function withoutStripes(movie: Movie): Movie {
  const { max_code: _, whole_numbers: __, ...rest } = movie;
  return { ...rest, container: "float32", frames: () => framesWithoutStripes(movie) };
}

async function* framesWithoutStripes(movie: Movie): AsyncGenerator<MovieBlock> {
  const [, height, width] = movie.shape;
  const pixels = new Float64Array(height * width);
  const result = new Float64Array(height * width);
  const data = new Float32Array(height * width);
  let index = 0;
  for await (const frame of eachFrame(movie)) {
    pixels.set(frame);
    withoutRowOffsets({ pixels }, { height, width }, result);
    data.set(result);
    yield { start: index, end: ++index, data };
  }
}

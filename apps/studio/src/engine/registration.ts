// What registering a movie to its mean leaves of its motion: each frame is laid on the mean frame where the two correlate best, as it is, and
// filtered in two ways. The truth says what was left.
import { orderStatistic } from "@minisim/kernels/statistics";
import type { Preview } from "./preview.ts";

export interface Registration {
  readonly stage: string;
  readonly frames: number;
  /** Root mean square over frames and both axes, px; a constant offset is forgiven, as a template is arbitrary. */
  readonly moved: number;
  readonly raw: number;
  /** Each frame less its surroundings. */
  readonly filtered: number;
  /** Each frame without the offsets of its rows and columns, smoothed, and less its surroundings. */
  readonly cleaned: number;
}

/** Every so many frames, px of search, px between samples of the coarse search, px of the surroundings and of what is smoothed. */
const EACH = 4;
const REACH = 10;
const COARSE = 2;
const SURROUNDINGS = 8;
const SMOOTH = 2;
const EDGE = REACH + 2;

export async function registration(
  preview: Preview,
  stage: string,
  current: () => boolean,
  report: (share: number) => void = () => {},
): Promise<Registration | null> {
  const { truth, plan } = preview;
  const { n_frames, fov } = plan.program.geometry;
  const size = { height: fov.height, width: fov.width };
  const numbers = Array.from({ length: Math.ceil(n_frames / EACH) }, (_, i) => EACH * i);
  const frames: Float64Array[] = [];
  for (const number of numbers) {
    frames.push(Float64Array.from(preview.frames(stage, number, 1)));
    if (frames.length % 8 === 0) {
      report((0.3 * frames.length) / numbers.length);
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (!current()) return null;
    }
  }
  const ways = [
    frames,
    frames.map((frame) => lessMean(frame, size, SURROUNDINGS)),
    frames.map((frame) => bandPassed(withoutRows(frame, size), size)),
  ];
  const truly = numbers.map((number): Shift => {
    const shifts = truth.shifts?.data;
    return shifts ? [shifts[2 * number]!, shifts[2 * number + 1]!] : [0, 0];
  });
  const residuals: number[] = [];
  for (const [i, movie] of ways.entries()) {
    const template = meanOf(movie);
    const left: Shift[] = [];
    for (const [k, frame] of movie.entries()) {
      const [dy, dx] = shiftOf(frame, template, size);
      left.push([dy - truly[k]![0], dx - truly[k]![1]]);
      if (k % 4 !== 3) continue;
      report(0.3 + (0.7 * (i + k / movie.length)) / ways.length);
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (!current()) return null;
    }
    residuals.push(spreadOf(left));
  }
  const [raw, filtered, cleaned] = residuals as [number, number, number];
  return { stage, frames: numbers.length, moved: spreadOf(truly), raw, filtered, cleaned };
}

type Shift = readonly [dy: number, dx: number];
interface Size {
  readonly height: number;
  readonly width: number;
}

function meanOf(movie: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(movie[0]!.length);
  for (const frame of movie) for (let i = 0; i < sum.length; i++) sum[i]! += frame[i]!;
  return sum.map((value) => value / movie.length);
}

/** What a chip adds to whole rows and columns stays where it is: less the median of each. */
function withoutRows(frame: Float64Array, { height, width }: Size): Float64Array {
  const result = frame.slice();
  for (let y = 0; y < height; y++) {
    const middle = medianOf(result.slice(y * width, (y + 1) * width));
    for (let x = 0; x < width; x++) result[y * width + x]! -= middle;
  }
  for (let x = 0; x < width; x++) {
    const middle = medianOf(
      Float64Array.from({ length: height }, (_, y) => result[y * width + x]!),
    );
    for (let y = 0; y < height; y++) result[y * width + x]! -= middle;
  }
  return result;
}

const medianOf = (values: Float64Array): number => orderStatistic(values.sort(), 0.5);

const bandPassed = (frame: Float64Array, size: Size): Float64Array =>
  lessMean(meanAround(frame, size, SMOOTH), size, SURROUNDINGS);

function lessMean(frame: Float64Array, size: Size, reach: number): Float64Array {
  const around = meanAround(frame, size, reach);
  return frame.map((value, i) => value - around[i]!);
}

/** The mean over a square around each pixel, by sums of rows and columns. */
function meanAround(frame: Float64Array, { height, width }: Size, reach: number): Float64Array {
  const sums = new Float64Array((height + 1) * (width + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += frame[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return frame.map((_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
    const at = (a: number, b: number) => sums[a * (width + 1) + b]!;
    const sum = at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left);
    return sum / ((bottom - top) * (right - left));
  });
}

/** Where the frame lies on the template: the peak of their correlation, first coarse, then fine, then between pixels. */
function shiftOf(frame: Float64Array, template: Float64Array, size: Size): Shift {
  const at = (dy: number, dx: number, step: number) =>
    correlationAt(frame, template, size, dy, dx, step);
  let best: { dy: number; dx: number; value: number } = { dy: 0, dx: 0, value: -2 };
  const look = (dy: number, dx: number, step: number) => {
    const value = at(dy, dx, step);
    if (value > best.value) best = { dy, dx, value };
  };
  for (let dy = -REACH; dy <= REACH; dy += COARSE)
    for (let dx = -REACH; dx <= REACH; dx += COARSE) look(dy, dx, 2);
  const { dy: y, dx: x } = best;
  best = { dy: y, dx: x, value: -2 };
  for (let dy = y - 1; dy <= y + 1; dy++) for (let dx = x - 1; dx <= x + 1; dx++) look(dy, dx, 1);
  const between = (before: number, here: number, after: number) => {
    const bend = before - 2 * here + after;
    return bend < 0 ? (0.5 * (before - after)) / bend : 0;
  };
  const { dy, dx, value } = best;
  return [
    dy + between(at(dy - 1, dx, 1), value, at(dy + 1, dx, 1)),
    dx + between(at(dy, dx - 1, 1), value, at(dy, dx + 1, 1)),
  ];
}

/** Of the template's middle with what lies there in the frame once it is moved back. */
function correlationAt(
  frame: Float64Array,
  template: Float64Array,
  { height, width }: Size,
  dy: number,
  dx: number,
  step: number,
): number {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let y = EDGE; y < height - EDGE; y += step) {
    for (let x = EDGE; x < width - EDGE; x += step) {
      const p = template[y * width + x]!;
      const q = frame[(y + dy) * width + x + dx]!;
      n += 1;
      a += p;
      b += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const varied = (aa - (a * a) / n) * (bb - (b * b) / n);
  return varied > 0 ? (ab - (a * b) / n) / Math.sqrt(varied) : -1;
}

/** Root mean square about the mean, over both axes. */
function spreadOf(shifts: readonly Shift[]): number {
  const squares = ([0, 1] as const).map((axis) => {
    const values = shifts.map((shift) => shift[axis]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  });
  return Math.sqrt((squares[0]! + squares[1]!) / 2);
}

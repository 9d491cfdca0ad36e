// How the frames of a block move, in the kernels' memory: a shift for each, or a smooth field of them.
import { expectLength, expectShifts } from "./checks.ts";
import type { Displacements, Motion } from "./kernels.ts";
import type { FrameShape } from "./operands.ts";
import { coarseGrid, itself, type SplineAxis, splineAxes } from "./spline.ts";

// Of a displacement's record (assembly/frames/displacement.ts), up to the next address that suits vectors.
const record_bytes = 48;

/** So that a whole displacement has an exact place among the bits of a float32. */
const FARTHEST_PX = 2 ** 20;

/** Rounding to float32 takes a displacement less far than this beyond those of its nodes, of which it is a mean. */
const ROUNDING_PX = 0.01;

const isSmooth = (motion: Motion): motion is Displacements => "nodes" in motion;
const padded = (bytes: number) => 16 * Math.ceil(bytes / 16);
const nodesOf = (window: FrameShape, { spacing_px, whole = itself(window) }: Displacements) => {
  const grid = coarseGrid(whole, spacing_px);
  return { ...grid, whole, count: grid.height * grid.width };
};

export function expectMotion(motion: Motion, nFrames: number, window: FrameShape): void {
  if (!isSmooth(motion)) {
    expectShifts(motion, nFrames);
    return;
  }
  const values = 2 * nFrames * nodesOf(window, motion).count;
  expectLength("nodes", motion.nodes, values);
  for (let i = 0; i < values; i++) {
    if (!(Math.abs(motion.nodes[i]!) <= FARTHEST_PX)) {
      throw new RangeError(`nodes must be within ±2²⁰: got ${motion.nodes[i]} at ${i}.`);
    }
  }
}

export function motionBytes(motion: Motion, nFrames: number, window: FrameShape): number {
  return isSmooth(motion) ? layout(0, motion, nFrames, window).end : padded(16 * nFrames);
}

/** Writes at `at`, and returns where the shifts stand, and the record of a displacement, 0 where there is none. */
export function writeMotion(
  memory: WebAssembly.Memory,
  at: number,
  motion: Motion,
  nFrames: number,
  window: FrameShape,
): readonly [shifts: number, displacement: number] {
  const pairs = new Float64Array(memory.buffer, at, 2 * nFrames);
  if (!isSmooth(motion)) {
    for (let i = 0; i < pairs.length; i++) pairs[i] = motion[i]!;
    return [at, 0];
  }
  const { height, width } = window;
  const grid = nodesOf(window, motion);
  const places = layout(at, motion, nFrames, window);
  const { record, rows, columns, nodes, highest, line, down, right } = places;
  new Int32Array(memory.buffer, record, record_bytes / 4).set([
    height,
    width,
    grid.width,
    grid.height,
    rows,
    columns,
    nodes,
    highest,
    line,
    down,
    right,
  ]);
  const { down: downward, along } = splineAxes(grid, window, motion.spacing_px, grid.whole);
  writeTaps(memory, rows, downward);
  writeTaps(memory, columns, along);
  const values = 2 * nFrames * grid.count;
  new Float32Array(memory.buffer, nodes, values).set(motion.nodes.subarray(0, values));
  const most = new Float64Array(memory.buffer, highest, nFrames);
  for (let f = 0; f < nFrames; f++) {
    const [low, high] = rangeDown(motion, f, grid.count);
    pairs[2 * f] = low;
    pairs[2 * f + 1] = 0;
    most[f] = high;
  }
  return [at, record];
}

/** How many rows the frames' shifts are apart; more than there are rows makes no difference. */
export function spreadOf(
  motion: Motion,
  nFrames: number,
  window: FrameShape,
  height: number,
): number {
  let low = Infinity;
  let high = -Infinity;
  const count = isSmooth(motion) ? nodesOf(window, motion).count : 0;
  for (let f = 0; f < nFrames; f++) {
    const [least, most] = isSmooth(motion)
      ? rangeDown(motion, f, count)
      : [motion[2 * f]!, motion[2 * f]!];
    low = Math.min(low, Math.floor(least));
    high = Math.max(high, Math.ceil(most));
  }
  return Math.min(Math.max(high - low, 0), height);
}

/** Between which a frame's dy lies at every pixel. */
function rangeDown({ nodes }: Displacements, frame: number, count: number) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 2 * frame * count; i < (2 * frame + 1) * count; i++) {
    low = Math.min(low, nodes[i]!);
    high = Math.max(high, nodes[i]!);
  }
  return [low - ROUNDING_PX, high + ROUNDING_PX] as const;
}

function layout(at: number, motion: Displacements, nFrames: number, window: FrameShape) {
  const grid = nodesOf(window, motion);
  let end = at;
  const take = (bytes: number) => {
    const place = end;
    end += padded(bytes);
    return place;
  };
  take(16 * nFrames);
  const record = take(record_bytes);
  const rows = take(20 * window.height);
  const columns = take(20 * window.width);
  const nodes = take(8 * nFrames * grid.count);
  const highest = take(8 * nFrames);
  const line = take(8 * grid.width);
  const down = take(4 * window.width);
  const right = take(4 * window.width);
  return { record, rows, columns, nodes, highest, line, down, right, end };
}

/** First nodes, then four planes of weights. */
function writeTaps(
  { buffer }: WebAssembly.Memory,
  start: number,
  { first, weights }: SplineAxis,
): void {
  const { length } = first;
  new Int32Array(buffer, start, length).set(first);
  const planes = new Float32Array(buffer, start + 4 * length, 4 * length);
  for (let x = 0; x < length; x++) {
    for (let k = 0; k < 4; k++) planes[k * length + x] = weights[4 * x + k]!;
  }
}

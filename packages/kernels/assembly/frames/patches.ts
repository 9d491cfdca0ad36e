// Sparse accumulation into a band of rows: every patch that reaches into the band, times its weight in each frame. A pixel
// of a patch is loaded once for the eight frames of two quads, and patches on the same pixels are added in one go. A patch whose weight is 0 in all frames of a quad is not added to it: it would add 0.
import { addAlike, patchesAlike } from "./alike-patches";
import { Operation } from "./operations";
import { Vector } from "./vector";

/** The first patch that leaves the canvas or its data, or -1. Sizes are compared as int64, so none can wrap. */
export function firstBadPatch(
  table: usize,
  starts: usize,
  count: i32,
  height: i32,
  width: i32,
  dataLength: i32,
): i32 {
  for (let k = 0; k < count; k++) {
    const entry = table + ((<usize>k) << 4);
    const row = <i64>load<i32>(entry);
    const col = <i64>load<i32>(entry, 4);
    const h = <i64>load<i32>(entry, 8);
    const w = <i64>load<i32>(entry, 12);
    const start = <i64>load<i32>(starts + ((<usize>k) << 2));
    if (h < 0 || w < 0 || row < 0 || col < 0 || row + h > <i64>height || col + w > <i64>width)
      return k;
    if (start < 0 || start + h * w > <i64>dataLength) return k;
  }
  return -1;
}

/** Adds an operation's patches, in ascending order, to rows top…end of frames first…first + 7; `quad1` is 0 where one quad holds them all. */
export function addPatches(
  quad0: usize,
  quad1: usize,
  top: i32,
  end: i32,
  width: i32,
  record: usize,
  nFrames: i32,
  first: i32,
): void {
  const table = Operation.operand(record);
  const starts = Operation.starts(record);
  const data = Operation.data(record);
  const count = Operation.count(record);
  const weights = Operation.weights(record) + ((<usize>first) << 2);
  const weightBytes = (<usize>nFrames) << 2;
  const lanes = nFrames - first;
  for (let k = 0; k < count; k++) {
    const entry = table + ((<usize>k) << 4);
    const row = load<i32>(entry);
    const from = max(row, top);
    const rows = min(row + load<i32>(entry, 8), end) - from;
    if (rows <= 0) continue;
    const weight = weights + <usize>k * weightBytes;
    const weight0 = Vector.loadRun(weight, lanes);
    const weight1 = Vector.loadRun(weight + 16, lanes - 4);
    const in0 = v128.any_true(weight0);
    const in1 = v128.any_true(weight1);
    if (!in0 && !in1) continue;
    const cols = load<i32>(entry, 12);
    const skip = (<usize>((from - row) * cols)) << 2;
    const start = starts + ((<usize>k) << 2);
    const patch = data + ((<usize>load<i32>(start)) << 2) + skip;
    const corner = (<usize>(from - top) * <usize>width + <usize>load<i32>(entry, 4)) << 4;
    if (!in1) {
      addToOne(quad0 + corner, width, patch, rows, cols, weight0);
    } else if (!in0) {
      addToOne(quad1 + corner, width, patch, rows, cols, weight1);
    } else {
      const alike = patchesAlike(entry, weight, weightBytes, lanes, count - k);
      if (alike > 1) {
        addAlike(
          alike,
          quad0 + corner,
          quad1 + corner,
          width,
          rows,
          cols,
          data + skip,
          start,
          weight,
          weightBytes,
          lanes,
        );
        k += alike - 1;
      } else {
        addToTwo(quad0 + corner, quad1 + corner, width, patch, rows, cols, weight0, weight1);
      }
    }
  }
}

function addToTwo(
  quad0: usize,
  quad1: usize,
  width: i32,
  patch: usize,
  rows: i32,
  cols: i32,
  weight0: v128,
  weight1: v128,
): void {
  const skip = (<usize>(width - cols)) << 4;
  for (let r = 0; r < rows; r++) {
    let x = cols;
    for (; x >= 4; x -= 4) {
      const a = v128.load32_splat(patch);
      v128.store(quad0, f32x4.add(v128.load(quad0), f32x4.mul(weight0, a)));
      v128.store(quad1, f32x4.add(v128.load(quad1), f32x4.mul(weight1, a)));
      const b = v128.load32_splat(patch, 4);
      v128.store(quad0, f32x4.add(v128.load(quad0, 16), f32x4.mul(weight0, b)), 16);
      v128.store(quad1, f32x4.add(v128.load(quad1, 16), f32x4.mul(weight1, b)), 16);
      const c = v128.load32_splat(patch, 8);
      v128.store(quad0, f32x4.add(v128.load(quad0, 32), f32x4.mul(weight0, c)), 32);
      v128.store(quad1, f32x4.add(v128.load(quad1, 32), f32x4.mul(weight1, c)), 32);
      const d = v128.load32_splat(patch, 12);
      v128.store(quad0, f32x4.add(v128.load(quad0, 48), f32x4.mul(weight0, d)), 48);
      v128.store(quad1, f32x4.add(v128.load(quad1, 48), f32x4.mul(weight1, d)), 48);
      patch += 16;
      quad0 += 64;
      quad1 += 64;
    }
    for (; x > 0; x--) {
      const a = v128.load32_splat(patch);
      v128.store(quad0, f32x4.add(v128.load(quad0), f32x4.mul(weight0, a)));
      v128.store(quad1, f32x4.add(v128.load(quad1), f32x4.mul(weight1, a)));
      patch += 4;
      quad0 += 16;
      quad1 += 16;
    }
    quad0 += skip;
    quad1 += skip;
  }
}

function addToOne(quad: usize, width: i32, patch: usize, rows: i32, cols: i32, weight: v128): void {
  const skip = (<usize>(width - cols)) << 4;
  for (let r = 0; r < rows; r++) {
    let x = cols;
    for (; x >= 4; x -= 4) {
      const a = v128.load32_splat(patch);
      v128.store(quad, f32x4.add(v128.load(quad), f32x4.mul(weight, a)));
      const b = v128.load32_splat(patch, 4);
      v128.store(quad, f32x4.add(v128.load(quad, 16), f32x4.mul(weight, b)), 16);
      const c = v128.load32_splat(patch, 8);
      v128.store(quad, f32x4.add(v128.load(quad, 32), f32x4.mul(weight, c)), 32);
      const d = v128.load32_splat(patch, 12);
      v128.store(quad, f32x4.add(v128.load(quad, 48), f32x4.mul(weight, d)), 48);
      patch += 16;
      quad += 64;
    }
    for (; x > 0; x--) {
      const value = v128.load32_splat(patch);
      v128.store(quad, f32x4.add(v128.load(quad), f32x4.mul(weight, value)));
      patch += 4;
      quad += 16;
    }
    quad += skip;
  }
}

// Two or three patches that lie on the same pixels, such as the rungs of a ladder of widths: a pixel of the band is loaded and stored once
// for all of them. Each product and sum is rounded as if they came one by one.
import { Vector } from "./vector";

/** How many of the patches from `entry` on, at most three of the `count` that there are, have its box and a weight in both quads; the first does. */
export function patchesAlike(
  entry: usize,
  weight: usize,
  weightBytes: usize,
  lanes: i32,
  count: i32,
): i32 {
  const box = v128.load(entry);
  const most = min(count, 3);
  let alike = 1;
  while (alike < most) {
    entry += 16;
    weight += weightBytes;
    if (!i32x4.all_true(i32x4.eq(v128.load(entry), box))) break;
    if (!v128.any_true(Vector.loadRun(weight, lanes))) break;
    if (!v128.any_true(Vector.loadRun(weight + 16, lanes - 4))) break;
    alike++;
  }
  return alike;
}

/** Adds two or three patches to two quads; patch i begins at `data` + 4 · starts[i]. */
export function addAlike(
  alike: i32,
  quad0: usize,
  quad1: usize,
  width: i32,
  rows: i32,
  cols: i32,
  data: usize,
  starts: usize,
  weight: usize,
  weightBytes: usize,
  lanes: i32,
): void {
  const a = data + ((<usize>load<i32>(starts)) << 2);
  const b = data + ((<usize>load<i32>(starts, 4)) << 2);
  const a0 = Vector.loadRun(weight, lanes);
  const a1 = Vector.loadRun(weight + 16, lanes - 4);
  weight += weightBytes;
  const b0 = Vector.loadRun(weight, lanes);
  const b1 = Vector.loadRun(weight + 16, lanes - 4);
  if (alike == 2) {
    addTwo(quad0, quad1, width, rows, cols, a, a0, a1, b, b0, b1);
    return;
  }
  const c = data + ((<usize>load<i32>(starts, 8)) << 2);
  weight += weightBytes;
  const c0 = Vector.loadRun(weight, lanes);
  const c1 = Vector.loadRun(weight + 16, lanes - 4);
  addThree(quad0, quad1, width, rows, cols, a, a0, a1, b, b0, b1, c, c0, c1);
}

class Sum {
  @inline
  static plus(sum: v128, weight: v128, value: v128): v128 {
    return f32x4.add(sum, f32x4.mul(weight, value));
  }
}

function addTwo(
  quad0: usize,
  quad1: usize,
  width: i32,
  rows: i32,
  cols: i32,
  a: usize,
  a0: v128,
  a1: v128,
  b: usize,
  b0: v128,
  b1: v128,
): void {
  const skip = (<usize>(width - cols)) << 4;
  for (let r = 0; r < rows; r++) {
    for (let x = 0; x < cols; x++) {
      const inA = v128.load32_splat(a);
      const inB = v128.load32_splat(b);
      v128.store(quad0, Sum.plus(Sum.plus(v128.load(quad0), a0, inA), b0, inB));
      v128.store(quad1, Sum.plus(Sum.plus(v128.load(quad1), a1, inA), b1, inB));
      a += 4;
      b += 4;
      quad0 += 16;
      quad1 += 16;
    }
    quad0 += skip;
    quad1 += skip;
  }
}

function addThree(
  quad0: usize,
  quad1: usize,
  width: i32,
  rows: i32,
  cols: i32,
  a: usize,
  a0: v128,
  a1: v128,
  b: usize,
  b0: v128,
  b1: v128,
  c: usize,
  c0: v128,
  c1: v128,
): void {
  const skip = (<usize>(width - cols)) << 4;
  for (let r = 0; r < rows; r++) {
    for (let x = 0; x < cols; x++) {
      const inA = v128.load32_splat(a);
      const inB = v128.load32_splat(b);
      const inC = v128.load32_splat(c);
      v128.store(quad0, Sum.plus(Sum.plus(Sum.plus(v128.load(quad0), a0, inA), b0, inB), c0, inC));
      v128.store(quad1, Sum.plus(Sum.plus(Sum.plus(v128.load(quad1), a1, inA), b1, inB), c1, inC));
      a += 4;
      b += 4;
      c += 4;
      quad0 += 16;
      quad1 += 16;
    }
    quad0 += skip;
    quad1 += skip;
  }
}

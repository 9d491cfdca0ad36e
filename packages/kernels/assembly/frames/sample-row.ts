// A row of pixels, each read from the source at a place of its own, bilinear; outside the source is 0. Every product and sum is rounded to
// float32, four pixels at a time as alone.

// 1.5 · 2²³: the bits of its sum with a whole number below 2²² end in that number.
const WHOLE: f32 = 12582912;
const WHOLE_BITS: i32 = 0x4b400000;

/**
 * Pixel i is source(row − down[i], col + i − right[i]). Row y of the source is held in place y modulo `held`; `base` is a multiple of `held`, and all
 * rows that are read lie within two rounds from it.
 */
export function sampleRow(
  source: usize,
  held: i32,
  base: i32,
  height: i32,
  width: i32,
  target: usize,
  row: i32,
  col: i32,
  down: usize,
  right: usize,
  length: i32,
): void {
  const rowBytes = (<usize>width) << 2;
  const lastRow = i32x4.splat(max(height - 1, 0));
  const lastCol = i32x4.splat(max(width - 1, 0));
  const whole = f32x4.splat(WHOLE);
  const rows = i32x4.splat(row - WHOLE_BITS);
  const cols = i32x4.add(i32x4.splat(col - WHOLE_BITS), i32x4(0, 1, 2, 3));
  let i = 0;
  while (i + 4 <= length) {
    const at = (<usize>i) << 2;
    const toRow = f32x4.neg(v128.load(down + at));
    const toCol = f32x4.neg(v128.load(right + at));
    const wholeRow = f32x4.floor(toRow);
    const wholeCol = f32x4.floor(toCol);
    const y = i32x4.add(rows, f32x4.add(wholeRow, whole));
    const x = i32x4.add(i32x4.add(cols, i32x4.splat(i)), f32x4.add(wholeCol, whole));
    const y0 = i32x4.extract_lane(y, 0) - base;
    const x0 = source + ((<usize>i32x4.extract_lane(x, 0)) << 2);
    if (!i32x4.all_true(v128.and(i32x4.lt_u(y, lastRow), i32x4.lt_u(x, lastCol)))) {
      for (const next = i + 4; i < next; i++) {
        sampleOne(source, held, base, height, width, target, row, col, down, right, i);
      }
      continue;
    }
    if (Four.areOne(wholeRow) && Four.areOne(wholeCol)) {
      const upper = x0 + place(y0, held) * rowBytes - at;
      const lower = x0 + place(y0 + 1, held) * rowBytes - at;
      const end = min(length, i + width - 1 - i32x4.extract_lane(x, 0));
      i = sampleAlike(upper, lower, target, down, right, wholeRow, wholeCol, i, end);
      continue;
    }
    const y1 = i32x4.extract_lane(y, 1) - base;
    const y2 = i32x4.extract_lane(y, 2) - base;
    const y3 = i32x4.extract_lane(y, 3) - base;
    const x1 = source + ((<usize>i32x4.extract_lane(x, 1)) << 2);
    const x2 = source + ((<usize>i32x4.extract_lane(x, 2)) << 2);
    const x3 = source + ((<usize>i32x4.extract_lane(x, 3)) << 2);
    let a = v128.load64_zero(x0 + place(y0, held) * rowBytes);
    a = v128.load64_lane(x1 + place(y1, held) * rowBytes, a, 1);
    let b = v128.load64_zero(x2 + place(y2, held) * rowBytes);
    b = v128.load64_lane(x3 + place(y3, held) * rowBytes, b, 1);
    let c = v128.load64_zero(x0 + place(y0 + 1, held) * rowBytes);
    c = v128.load64_lane(x1 + place(y1 + 1, held) * rowBytes, c, 1);
    let d = v128.load64_zero(x2 + place(y2 + 1, held) * rowBytes);
    d = v128.load64_lane(x3 + place(y3 + 1, held) * rowBytes, d, 1);
    const light = Four.bilinear(
      f32x4.sub(toRow, wholeRow),
      f32x4.sub(toCol, wholeCol),
      v128.shuffle<f32>(a, b, 0, 2, 4, 6),
      v128.shuffle<f32>(a, b, 1, 3, 5, 7),
      v128.shuffle<f32>(c, d, 0, 2, 4, 6),
      v128.shuffle<f32>(c, d, 1, 3, 5, 7),
    );
    v128.store(target + at, light);
    i += 4;
  }
  for (; i < length; i++) {
    sampleOne(source, held, base, height, width, target, row, col, down, right, i);
  }
}

class Four {
  /** Whether all move by the same whole number: what neighbours read are neighbours too. */
  @inline
  static areOne(whole: v128): bool {
    return i32x4.all_true(f32x4.eq(whole, v128.shuffle<f32>(whole, whole, 0, 0, 0, 0)));
  }

  @inline
  static bilinear(
    fractionY: v128,
    fractionX: v128,
    upperLeft: v128,
    upperRight: v128,
    lowerLeft: v128,
    lowerRight: v128,
  ): v128 {
    const one = f32x4.splat(1);
    const restY = f32x4.sub(one, fractionY);
    const restX = f32x4.sub(one, fractionX);
    let sum = f32x4.mul(f32x4.mul(restY, restX), upperLeft);
    sum = f32x4.add(sum, f32x4.mul(f32x4.mul(restY, fractionX), upperRight));
    sum = f32x4.add(sum, f32x4.mul(f32x4.mul(fractionY, restX), lowerLeft));
    return f32x4.add(sum, f32x4.mul(f32x4.mul(fractionY, fractionX), lowerRight));
  }
}

/** Pixels from i on, four at a time, as long as they move by these whole numbers, one in all lanes; returns the first that is left, beyond i. */
function sampleAlike(
  upper: usize,
  lower: usize,
  target: usize,
  down: usize,
  right: usize,
  wholeRow: v128,
  wholeCol: v128,
  i: i32,
  end: i32,
): i32 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const fromRow = f32x4.neg(wholeRow);
  const fromCol = f32x4.neg(wholeCol);
  let fractionY = f32x4.sub(fromRow, v128.load(down + ((<usize>i) << 2)));
  let fractionX = f32x4.sub(fromCol, v128.load(right + ((<usize>i) << 2)));
  do {
    const at = (<usize>i) << 2;
    const light = Four.bilinear(
      fractionY,
      fractionX,
      v128.load(upper + at),
      v128.load(upper + at, 4),
      v128.load(lower + at),
      v128.load(lower + at, 4),
    );
    v128.store(target + at, light);
    i += 4;
    if (i + 4 > end) return i;
    fractionY = f32x4.sub(fromRow, v128.load(down + at, 16));
    fractionX = f32x4.sub(fromCol, v128.load(right + at, 16));
    const beyond = f32x4.ge(f32x4.max(fractionY, fractionX), one);
    const before = f32x4.lt(f32x4.min(fractionY, fractionX), zero);
    if (v128.any_true(v128.or(beyond, before))) return i;
  } while (true);
}

/** Where a row is held, counted from a multiple of `held`. */
function place(row: i32, held: i32): usize {
  return <usize>(row >= held ? row - held : row);
}

function sampleOne(
  source: usize,
  held: i32,
  base: i32,
  height: i32,
  width: i32,
  target: usize,
  row: i32,
  col: i32,
  down: usize,
  right: usize,
  i: i32,
): void {
  const at = (<usize>i) << 2;
  const toRow = -load<f32>(down + at);
  const toCol = -load<f32>(right + at);
  const wholeRow = floor(toRow);
  const wholeCol = floor(toCol);
  const fractionY: f32 = toRow - wholeRow;
  const fractionX: f32 = toCol - wholeCol;
  const restY: f32 = 1 - fractionY;
  const restX: f32 = 1 - fractionX;
  const y = row + <i32>wholeRow;
  const x = col + i + <i32>wholeCol;
  let sum: f32 = restY * restX * pixel(source, held, base, height, width, y, x);
  sum += restY * fractionX * pixel(source, held, base, height, width, y, x + 1);
  sum += fractionY * restX * pixel(source, held, base, height, width, y + 1, x);
  sum += fractionY * fractionX * pixel(source, held, base, height, width, y + 1, x + 1);
  store<f32>(target + at, sum);
}

function pixel(source: usize, held: i32, base: i32, height: i32, width: i32, y: i32, x: i32): f32 {
  if (y < 0 || y >= height || x < 0 || x >= width) return 0;
  const at = place(y - base, held) * <usize>width + <usize>x;
  return load<f32>(source + (at << 2));
}

// Rigid shift of one frame with bilinear interpolation, cropped to a window; outside the source is 0.
// out[y, x] = source(top + y − dy, left + x − dx). The fraction of the shift is the same at every pixel: four weights a frame.
// Any stretch of the window's pixels can be asked for: a pixel's bits do not depend on which others come with it. Of the
// source there need only be the rows that the stretch reaches: row y is held in place y modulo `held`.
import { Vector } from "./vector";

// Shifts beyond this leave every window; held here so that sums with pixel indices cannot wrap.
const FAR: f64 = 1073741824;

/** The source row above or on the window's first. */
export function firstRow(top: i32, dy: f64): i32 {
  return <i32>floor(min(max(<f64>top - dy, -FAR), FAR));
}

/** Writes pixels pixel…pixel + nPixels of the window, which is `outWidth` wide. */
export function translate(
  source: usize,
  held: i32,
  height: i32,
  width: i32,
  target: usize,
  top: i32,
  left: i32,
  outWidth: i32,
  dy: f64,
  dx: f64,
  pixel: i32,
  nPixels: i32,
): void {
  const fromRow = min(max(<f64>top - dy, -FAR), FAR);
  const fromCol = min(max(<f64>left - dx, -FAR), FAR);
  const row = <i32>floor(fromRow);
  const col = <i32>floor(fromCol);
  const fractionY = fromRow - <f64>row;
  const fractionX = fromCol - <f64>col;
  const whole = fractionY == 0 && fractionX == 0;
  const weight00 = <f32>((1 - fractionY) * (1 - fractionX));
  const weight01 = <f32>((1 - fractionY) * fractionX);
  const weight10 = <f32>(fractionY * (1 - fractionX));
  const weight11 = <f32>(fractionY * fractionX);
  const sourceBytes = (<usize>width) << 2;
  for (const end = pixel + nPixels; pixel < end; ) {
    const y = pixel / outWidth;
    const x = pixel - y * outWidth;
    const length = min(outWidth - x, end - pixel);
    const y0 = row + y;
    const x0 = col + x;
    const has0 = y0 >= 0 && y0 < height;
    const has1 = !whole && y0 + 1 >= 0 && y0 + 1 < height;
    const row0 = source + <usize>(y0 % held) * sourceBytes;
    const row1 = source + <usize>((y0 + 1) % held) * sourceBytes;
    if (!has0 && !has1) memory.fill(target, 0, (<usize>length) << 2);
    else if (whole) copyRow(row0, width, target, x0, length);
    else {
      // A row outside the source is stood in for by its neighbour with weight 0.
      mixRow(
        has0 ? row0 : row1,
        has1 ? row1 : row0,
        width,
        target,
        x0,
        length,
        has0 ? weight00 : 0,
        has0 ? weight01 : 0,
        has1 ? weight10 : 0,
        has1 ? weight11 : 0,
      );
    }
    pixel += length;
    target += (<usize>length) << 2;
  }
}

function copyRow(row: usize, width: i32, target: usize, col: i32, length: i32): void {
  const begin = min(max(-col, 0), length);
  const end = max(begin, min(width - col, length));
  memory.fill(target, 0, (<usize>begin) << 2);
  if (end > begin)
    memory.copy(
      target + ((<usize>begin) << 2),
      row + ((<usize>(col + begin)) << 2),
      (<usize>(end - begin)) << 2,
    );
  memory.fill(target + ((<usize>end) << 2), 0, (<usize>(length - end)) << 2);
}

function mixRow(
  row0: usize,
  row1: usize,
  width: i32,
  target: usize,
  col: i32,
  length: i32,
  weight00: f32,
  weight01: f32,
  weight10: f32,
  weight11: f32,
): void {
  // Columns whose two neighbours are both inside the source.
  const begin = min(max(-col, 0), length);
  const end = max(begin, min(width - 1 - col, length));
  for (let x = 0; x < begin; x++) {
    const right = col + x + 1 == 0 && width > 0;
    store<f32>(
      target + ((<usize>x) << 2),
      right ? weight01 * load<f32>(row0) + weight11 * load<f32>(row1) : 0,
    );
  }
  const weights00 = f32x4.splat(weight00);
  const weights01 = f32x4.splat(weight01);
  const weights10 = f32x4.splat(weight10);
  const weights11 = f32x4.splat(weight11);
  const shift = (<usize>col) << 2;
  let x = begin;
  for (; x + 4 <= end; x += 4) {
    const at0 = row0 + shift + ((<usize>x) << 2);
    const at1 = row1 + shift + ((<usize>x) << 2);
    let sum = f32x4.mul(weights00, v128.load(at0));
    sum = f32x4.add(sum, f32x4.mul(weights01, v128.load(at0, 4)));
    sum = f32x4.add(sum, f32x4.mul(weights10, v128.load(at1)));
    sum = f32x4.add(sum, f32x4.mul(weights11, v128.load(at1, 4)));
    v128.store(target + ((<usize>x) << 2), sum);
  }
  if (x < end) {
    const at0 = row0 + shift + ((<usize>x) << 2);
    const at1 = row1 + shift + ((<usize>x) << 2);
    let sum = f32x4.mul(weights00, Vector.loadRun(at0, end - x));
    sum = f32x4.add(sum, f32x4.mul(weights01, Vector.loadRun(at0 + 4, end - x)));
    sum = f32x4.add(sum, f32x4.mul(weights10, Vector.loadRun(at1, end - x)));
    sum = f32x4.add(sum, f32x4.mul(weights11, Vector.loadRun(at1 + 4, end - x)));
    Vector.storeRun(target + ((<usize>x) << 2), sum, end - x);
  }
  for (let x = end; x < length; x++) {
    const last = (<usize>(width - 1)) << 2;
    const left = col + x == width - 1 && width > 0;
    store<f32>(
      target + ((<usize>x) << 2),
      left ? weight00 * load<f32>(row0 + last) + weight10 * load<f32>(row1 + last) : 0,
    );
  }
}

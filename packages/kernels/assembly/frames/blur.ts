// Separable correlation. Pass 1 correlates the needed source rows along x into scratch, pass 2 correlates those rows
// along y into the window. Taps are added in ascending order; multiply and add are rounded separately.
import { Vector } from "./vector";

// Scratch rows are padded to two vectors, so that two sums are in flight.
const GROUP: i32 = 8;

/** Scratch that one call of blur may use: one line with its margins, and a row for each source row it can need. */
export function blurScratchBytes(height: i32, radius: i32, outHeight: i32, outWidth: i32): usize {
  const stride = paddedWidth(outWidth);
  const rows = min(height, outHeight + 2 * radius);
  return (<usize>(stride + 2 * radius) + <usize>rows * <usize>stride) << 2;
}

export function blur(
  source: usize,
  height: i32,
  width: i32,
  taps: usize,
  radius: i32,
  target: usize,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  nearest: bool,
  scratch: usize,
): void {
  const stride = paddedWidth(outWidth);
  const lineLength = stride + 2 * radius;
  const rows = scratch + ((<usize>lineLength) << 2);
  const rowBytes = (<usize>stride) << 2;
  const nTaps = 2 * radius + 1;
  let first = max(top - radius, 0);
  let end = min(top + outHeight + radius, height);
  if (nearest) {
    first = min(first, height - 1);
    end = max(end, 1);
  }
  for (let row = first; row < end; row++) {
    fillLine(
      source + ((<usize>row * <usize>width) << 2),
      width,
      left - radius,
      scratch,
      lineLength,
      nearest,
    );
    correlateAlong(scratch, taps, nTaps, rows + <usize>(row - first) * rowBytes, stride);
  }
  for (let y = 0; y < outHeight; y++) {
    const above = top + y - radius;
    const firstTap = nearest ? 0 : max(first - above, 0);
    const endTap = nearest ? nTaps : min(end - above, nTaps);
    const out = target + ((<usize>y * <usize>outWidth) << 2);
    correlateDown(rows, rowBytes, first, end - 1, above, taps, firstTap, endTap, out, outWidth);
  }
}

function paddedWidth(width: i32): i32 {
  return (width + GROUP - 1) & ~(GROUP - 1);
}

/** Copies source columns from..from+length into the line; columns outside the source are 0 or the nearest pixel. */
function fillLine(
  row: usize,
  width: i32,
  from: i32,
  line: usize,
  length: i32,
  nearest: bool,
): void {
  const inside = min(max(-from, 0), length);
  const outside = max(inside, min(width - from, length));
  const before: f32 = nearest ? load<f32>(row) : 0;
  const after: f32 = nearest ? load<f32>(row + ((<usize>(width - 1)) << 2)) : 0;
  for (let x = 0; x < inside; x++) store<f32>(line + ((<usize>x) << 2), before);
  if (outside > inside) {
    memory.copy(
      line + ((<usize>inside) << 2),
      row + ((<usize>(from + inside)) << 2),
      (<usize>(outside - inside)) << 2,
    );
  }
  for (let x = outside; x < length; x++) store<f32>(line + ((<usize>x) << 2), after);
}

function correlateAlong(line: usize, taps: usize, nTaps: i32, target: usize, stride: i32): void {
  for (let x = 0; x < stride; x += GROUP) {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let at = line + ((<usize>x) << 2);
    for (let k = 0; k < nTaps; k++) {
      const tap = v128.load32_splat(taps + ((<usize>k) << 2));
      sum0 = f32x4.add(sum0, f32x4.mul(tap, v128.load(at)));
      sum1 = f32x4.add(sum1, f32x4.mul(tap, v128.load(at, 16)));
      at += 4;
    }
    v128.store(target + ((<usize>x) << 2), sum0);
    v128.store(target + ((<usize>x) << 2), sum1, 16);
  }
}

function correlateDown(
  rows: usize,
  rowBytes: usize,
  first: i32,
  last: i32,
  above: i32,
  taps: usize,
  firstTap: i32,
  endTap: i32,
  target: usize,
  width: i32,
): void {
  for (let x = 0; x < width; x += GROUP) {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    const column = rows + ((<usize>x) << 2);
    for (let k = firstTap; k < endTap; k++) {
      const row = min(max(above + k, first), last) - first;
      const at = column + <usize>row * rowBytes;
      const tap = v128.load32_splat(taps + ((<usize>k) << 2));
      sum0 = f32x4.add(sum0, f32x4.mul(tap, v128.load(at)));
      sum1 = f32x4.add(sum1, f32x4.mul(tap, v128.load(at, 16)));
    }
    Vector.storeRun(target + ((<usize>x) << 2), sum0, width - x);
    Vector.storeRun(target + ((<usize>x + 4) << 2), sum1, width - x - 4);
  }
}

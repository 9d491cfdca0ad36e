// Separable correlation. Pass 1 correlates the needed source rows along x into scratch, pass 2 correlates those rows
// along y into the window. Taps are added in ascending order; multiply and add are rounded separately.
import { Vector } from "./vector";

// Scratch rows are padded to a whole number of these groups: eight vectors, whose sums are in flight together.
const GROUP: i32 = 32;

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
  for (let y = 0; y < outHeight; y += 4) {
    const above = top + y - radius;
    const out = target + ((<usize>y * <usize>outWidth) << 2);
    const outRows = min(4, outHeight - y);
    correlateDown(
      rows,
      rowBytes,
      first,
      end - 1,
      above,
      taps,
      nTaps,
      nearest,
      out,
      outWidth,
      outRows,
    );
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
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let e = f32x4.splat(0);
    let f = f32x4.splat(0);
    let g = f32x4.splat(0);
    let h = f32x4.splat(0);
    let at = line + ((<usize>x) << 2);
    for (let k = 0; k < nTaps; k++) {
      const tap = v128.load32_splat(taps + ((<usize>k) << 2));
      a = f32x4.add(a, f32x4.mul(tap, v128.load(at)));
      b = f32x4.add(b, f32x4.mul(tap, v128.load(at, 16)));
      c = f32x4.add(c, f32x4.mul(tap, v128.load(at, 32)));
      d = f32x4.add(d, f32x4.mul(tap, v128.load(at, 48)));
      e = f32x4.add(e, f32x4.mul(tap, v128.load(at, 64)));
      f = f32x4.add(f, f32x4.mul(tap, v128.load(at, 80)));
      g = f32x4.add(g, f32x4.mul(tap, v128.load(at, 96)));
      h = f32x4.add(h, f32x4.mul(tap, v128.load(at, 112)));
      at += 4;
    }
    const out = target + ((<usize>x) << 2);
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
    v128.store(out, e, 64);
    v128.store(out, f, 80);
    v128.store(out, g, 96);
    v128.store(out, h, 112);
  }
}

/**
 * Four rows of the window, eight columns at a time: a row that is loaded serves all four, each with the tap that is its turn.
 * Row j takes source row above + j + k with tap k, so each sum goes through its taps in ascending order.
 */
function correlateDown(
  rows: usize,
  rowBytes: usize,
  first: i32,
  last: i32,
  above: i32,
  taps: usize,
  nTaps: i32,
  nearest: bool,
  target: usize,
  width: i32,
  outRows: i32,
): void {
  const from = nearest ? above : max(above, first);
  const end = nearest ? above + nTaps + 3 : min(above + nTaps + 3, last + 1);
  const outBytes = (<usize>width) << 2;
  for (let x = 0; x < width; x += 8) {
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let d0 = f32x4.splat(0);
    let d1 = f32x4.splat(0);
    const column = rows + ((<usize>x) << 2);
    for (let row = from; row < end; row++) {
      const at = column + <usize>(min(max(row, first), last) - first) * rowBytes;
      const s0 = v128.load(at);
      const s1 = v128.load(at, 16);
      const k = row - above;
      const tap = taps + ((<usize>k) << 2);
      // Only the first and the last three rows do not reach all four sums.
      const inner = k >= 3 && k < nTaps;
      if (inner || k < nTaps) {
        const weight = v128.load32_splat(tap);
        a0 = f32x4.add(a0, f32x4.mul(weight, s0));
        a1 = f32x4.add(a1, f32x4.mul(weight, s1));
      }
      if (inner || (k >= 1 && k < nTaps + 1)) {
        const weight = v128.load32_splat(tap - 4);
        b0 = f32x4.add(b0, f32x4.mul(weight, s0));
        b1 = f32x4.add(b1, f32x4.mul(weight, s1));
      }
      if (inner || (k >= 2 && k < nTaps + 2)) {
        const weight = v128.load32_splat(tap - 8);
        c0 = f32x4.add(c0, f32x4.mul(weight, s0));
        c1 = f32x4.add(c1, f32x4.mul(weight, s1));
      }
      if (inner || k >= 3) {
        const weight = v128.load32_splat(tap - 12);
        d0 = f32x4.add(d0, f32x4.mul(weight, s0));
        d1 = f32x4.add(d1, f32x4.mul(weight, s1));
      }
    }
    let out = target + ((<usize>x) << 2);
    storeRow(out, a0, a1, width - x);
    out += outBytes;
    if (outRows > 1) storeRow(out, b0, b1, width - x);
    out += outBytes;
    if (outRows > 2) storeRow(out, c0, c1, width - x);
    out += outBytes;
    if (outRows > 3) storeRow(out, d0, d1, width - x);
  }
}

function storeRow(target: usize, left: v128, right: v128, remaining: i32): void {
  Vector.storeRun(target, left, remaining);
  Vector.storeRun(target + 16, right, remaining - 4);
}

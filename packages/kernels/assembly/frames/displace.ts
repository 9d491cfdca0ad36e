// Smooth displacement of one frame with bilinear interpolation, cropped to a window; outside the source is 0.
// out[y, x] = source(top + y − dy(y, x), left + x − dx(y, x)), dy and dx cubic B-splines on a coarse grid over the window. Any stretch of
// the window's pixels can be asked for: a pixel's bits do not depend on which others come with it. Rows of the source are held as in `translate`.
import { Displacement } from "./displacement";
import { sampleRow } from "./sample-row";

/** Writes pixels pixel…pixel + nPixels of the window, which is `outWidth` wide, of a frame of the block. */
export function displace(
  source: usize,
  held: i32,
  height: i32,
  width: i32,
  target: usize,
  top: i32,
  left: i32,
  outWidth: i32,
  record: usize,
  frame: i32,
  pixel: i32,
  nPixels: i32,
): void {
  const down = Displacement.lineDown(record);
  const right = Displacement.lineRight(record);
  const highest = Displacement.highest(record, frame);
  for (const end = pixel + nPixels; pixel < end; ) {
    const y = pixel / outWidth;
    const x = pixel - y * outWidth;
    const length = min(outWidth - x, end - pixel);
    splineRow(record, frame, y, x, length, down, right);
    // The first row of the source that this row can reach, and the first of its round through the places.
    const reached = max(0, <i32>floor(max(<f64>(top + y) - highest, 0)));
    const base = reached - (reached % held);
    sampleRow(source, held, base, height, width, target, top + y, left + x, down, right, length);
    pixel += length;
    target += (<usize>length) << 2;
  }
}

/** Displacement along both axes of pixels x…x + length of row y. */
function splineRow(
  record: usize,
  frame: i32,
  y: i32,
  x: i32,
  length: i32,
  down: usize,
  right: usize,
): void {
  const line = Displacement.line(record);
  const bytes = (<usize>Displacement.columns(record)) << 2;
  nodesAcross(record, frame, 0, y, line);
  nodesAcross(record, frame, 1, y, line + bytes);
  alongRow(record, line, line + bytes, x, length, down, right);
}

/** The line of nodes that the splines of row y make of one axis' grid. */
function nodesAcross(record: usize, frame: i32, axis: i32, y: i32, line: usize): void {
  const columns = Displacement.columns(record);
  const rows = Displacement.rowTaps(record);
  const plane = (<usize>Displacement.height(record)) << 2;
  const weights = rows + plane + ((<usize>y) << 2);
  const w0 = load<f32>(weights);
  const w1 = load<f32>(weights + plane);
  const w2 = load<f32>(weights + 2 * plane);
  const w3 = load<f32>(weights + 3 * plane);
  const stride = (<usize>columns) << 2;
  const first = <usize>load<i32>(rows + ((<usize>y) << 2));
  let node = Displacement.nodes(record, frame, axis) + first * stride;
  for (let j = 0; j < columns; j++) {
    let sum = w0 * load<f32>(node);
    sum += w1 * load<f32>(node + stride);
    sum += w2 * load<f32>(node + 2 * stride);
    sum += w3 * load<f32>(node + 3 * stride);
    store<f32>(line + ((<usize>j) << 2), sum);
    node += 4;
  }
}

/** Of two lines of nodes, pixels x…x + length. Those that the same four nodes reach come together, four at a time. */
function alongRow(
  record: usize,
  lineDown: usize,
  lineRight: usize,
  x: i32,
  length: i32,
  down: usize,
  right: usize,
): void {
  const plane = (<usize>Displacement.width(record)) << 2;
  let firsts = Displacement.columnTaps(record) + ((<usize>x) << 2);
  const end = firsts + ((<usize>length) << 2);
  while (firsts < end) {
    const first = load<i32>(firsts);
    const nodesDown = lineDown + ((<usize>first) << 2);
    const nodesRight = lineRight + ((<usize>first) << 2);
    const d0 = v128.load32_splat(nodesDown);
    const d1 = v128.load32_splat(nodesDown, 4);
    const d2 = v128.load32_splat(nodesDown, 8);
    const d3 = v128.load32_splat(nodesDown, 12);
    const r0 = v128.load32_splat(nodesRight);
    const r1 = v128.load32_splat(nodesRight, 4);
    const r2 = v128.load32_splat(nodesRight, 8);
    const r3 = v128.load32_splat(nodesRight, 12);
    while (firsts + 16 <= end && load<i32>(firsts, 12) == first) {
      const w0 = v128.load(firsts + plane);
      const w1 = v128.load(firsts + 2 * plane);
      const w2 = v128.load(firsts + 3 * plane);
      const w3 = v128.load(firsts + 4 * plane);
      let sum = f32x4.add(f32x4.mul(w0, d0), f32x4.mul(w1, d1));
      sum = f32x4.add(sum, f32x4.mul(w2, d2));
      v128.store(down, f32x4.add(sum, f32x4.mul(w3, d3)));
      sum = f32x4.add(f32x4.mul(w0, r0), f32x4.mul(w1, r1));
      sum = f32x4.add(sum, f32x4.mul(w2, r2));
      v128.store(right, f32x4.add(sum, f32x4.mul(w3, r3)));
      firsts += 16;
      down += 16;
      right += 16;
    }
    while (firsts < end && load<i32>(firsts) == first) {
      const w0 = load<f32>(firsts + plane);
      const w1 = load<f32>(firsts + 2 * plane);
      const w2 = load<f32>(firsts + 3 * plane);
      const w3 = load<f32>(firsts + 4 * plane);
      let sum = w0 * load<f32>(nodesDown) + w1 * load<f32>(nodesDown, 4);
      sum += w2 * load<f32>(nodesDown, 8);
      store<f32>(down, sum + w3 * load<f32>(nodesDown, 12));
      sum = w0 * load<f32>(nodesRight) + w1 * load<f32>(nodesRight, 4);
      sum += w2 * load<f32>(nodesRight, 8);
      store<f32>(right, sum + w3 * load<f32>(nodesRight, 12));
      firsts += 4;
      down += 4;
      right += 4;
    }
  }
}

// Sparse accumulation: every patch, times its weight in a frame, is added to that frame.
// The canvas is walked in bands of rows that fit in cache for all frames of the block; within a band patches come in ascending
// order, so a pixel's sum has one order whatever the bands and the block.
const BAND_BYTES: i32 = 196608;

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

export function accumulatePatches(
  block: usize,
  nFrames: i32,
  height: i32,
  width: i32,
  table: usize,
  starts: usize,
  data: usize,
  count: i32,
  weights: usize,
): void {
  const bandRows = max(1, BAND_BYTES / max(1, (width * nFrames) << 2));
  const frameBytes = (<usize>height * <usize>width) << 2;
  for (let bandTop = 0; bandTop < height; bandTop += bandRows) {
    const bandEnd = min(bandTop + bandRows, height);
    for (let k = 0; k < count; k++) {
      const entry = table + ((<usize>k) << 4);
      const row = load<i32>(entry);
      const top = max(row, bandTop);
      const rows = min(row + load<i32>(entry, 8), bandEnd) - top;
      if (rows <= 0) continue;
      const w = load<i32>(entry, 12);
      const start = load<i32>(starts + ((<usize>k) << 2)) + (top - row) * w;
      const patch = data + ((<usize>start) << 2);
      const corner = block + ((<usize>top * <usize>width + <usize>load<i32>(entry, 4)) << 2);
      const weight = weights + ((<usize>k * <usize>nFrames) << 2);
      addToFrames(corner, nFrames, frameBytes, width, patch, rows, w, weight);
    }
  }
}

function addToFrames(
  corner: usize,
  nFrames: i32,
  frameBytes: usize,
  width: i32,
  patch: usize,
  rows: i32,
  cols: i32,
  weights: usize,
): void {
  let f = 0;
  for (; f + 4 <= nFrames; f += 4) {
    addToFourFrames(
      corner + <usize>f * frameBytes,
      frameBytes,
      width,
      patch,
      rows,
      cols,
      weights + ((<usize>f) << 2),
    );
  }
  for (; f < nFrames; f++) {
    addToFrame(
      corner + <usize>f * frameBytes,
      width,
      patch,
      rows,
      cols,
      load<f32>(weights + ((<usize>f) << 2)),
    );
  }
}

/** Four frames share each vector of the patch that is loaded. */
function addToFourFrames(
  frame0: usize,
  frameBytes: usize,
  width: i32,
  patch: usize,
  rows: i32,
  cols: i32,
  weights: usize,
): void {
  const weight0 = v128.load32_splat(weights);
  const weight1 = v128.load32_splat(weights, 4);
  const weight2 = v128.load32_splat(weights, 8);
  const weight3 = v128.load32_splat(weights, 12);
  let frame1 = frame0 + frameBytes;
  let frame2 = frame1 + frameBytes;
  let frame3 = frame2 + frameBytes;
  const vectorBytes = (<usize>(cols & ~3)) << 2;
  const rowBytes = (<usize>cols) << 2;
  const skip = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      const p = v128.load(patch + at);
      v128.store(frame0 + at, f32x4.add(v128.load(frame0 + at), f32x4.mul(weight0, p)));
      v128.store(frame1 + at, f32x4.add(v128.load(frame1 + at), f32x4.mul(weight1, p)));
      v128.store(frame2 + at, f32x4.add(v128.load(frame2 + at), f32x4.mul(weight2, p)));
      v128.store(frame3 + at, f32x4.add(v128.load(frame3 + at), f32x4.mul(weight3, p)));
    }
    for (; at < rowBytes; at += 4) {
      const p = load<f32>(patch + at);
      store<f32>(frame0 + at, load<f32>(frame0 + at) + f32x4.extract_lane(weight0, 0) * p);
      store<f32>(frame1 + at, load<f32>(frame1 + at) + f32x4.extract_lane(weight1, 0) * p);
      store<f32>(frame2 + at, load<f32>(frame2 + at) + f32x4.extract_lane(weight2, 0) * p);
      store<f32>(frame3 + at, load<f32>(frame3 + at) + f32x4.extract_lane(weight3, 0) * p);
    }
    patch += rowBytes;
    frame0 += skip;
    frame1 += skip;
    frame2 += skip;
    frame3 += skip;
  }
}

function addToFrame(
  frame: usize,
  width: i32,
  patch: usize,
  rows: i32,
  cols: i32,
  weight: f32,
): void {
  const weights = f32x4.splat(weight);
  const vectorBytes = (<usize>(cols & ~3)) << 2;
  const rowBytes = (<usize>cols) << 2;
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      v128.store(
        frame + at,
        f32x4.add(v128.load(frame + at), f32x4.mul(weights, v128.load(patch + at))),
      );
    }
    for (; at < rowBytes; at += 4) {
      store<f32>(frame + at, load<f32>(frame + at) + weight * load<f32>(patch + at));
    }
    patch += rowBytes;
    frame += (<usize>width) << 2;
  }
}

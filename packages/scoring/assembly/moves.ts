// One frame moved by one shift: bilinear interpolation of a canvas, times a field, and the transpose of that. Addresses are those of the
// first pixel of `rows` × `cols` that light falls on; strides are bytes a row. `v` and `u` are the weights of the next row and column.

const NUMBER: usize = 8;

/** Adds what a frame sees of the canvas. */
export function there(
  canvas: usize,
  canvasStride: usize,
  shade: usize,
  frame: usize,
  frameStride: usize,
  rows: i32,
  cols: i32,
  v: f64,
  u: f64,
): void {
  const upper = f64x2.splat(1 - v);
  const lower = f64x2.splat(v);
  const left = f64x2.splat(1 - u);
  const right = f64x2.splat(u);
  for (let y = 0; y < rows; y++) {
    let at = canvas + <usize>y * canvasStride;
    let field = shade + <usize>y * frameStride;
    let to = frame + <usize>y * frameStride;
    let missing = cols;
    for (; missing > 1; missing -= 2) {
      const below = at + canvasStride;
      const above2 = f64x2.add(
        f64x2.mul(left, v128.load(at)),
        f64x2.mul(right, v128.load(at + NUMBER)),
      );
      const below2 = f64x2.add(
        f64x2.mul(left, v128.load(below)),
        f64x2.mul(right, v128.load(below + NUMBER)),
      );
      const seen = f64x2.add(f64x2.mul(upper, above2), f64x2.mul(lower, below2));
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(seen, v128.load(field))));
      at += 2 * NUMBER;
      field += 2 * NUMBER;
      to += 2 * NUMBER;
    }
    if (missing > 0) {
      const below = at + canvasStride;
      const above1 = (1 - u) * load<f64>(at) + u * load<f64>(at + NUMBER);
      const below1 = (1 - u) * load<f64>(below) + u * load<f64>(below + NUMBER);
      const seen = (1 - v) * above1 + v * below1;
      store<f64>(to, load<f64>(to) + seen * load<f64>(field));
    }
  }
}

/**
 * Writes `rows` + 1 × `cols` + 1 pixels of the canvas: to each, its share of the four pixels of the frame that see it. `scratch` has room for a border of
 * zeros around the frame.
 */
export function back(
  canvas: usize,
  canvasStride: usize,
  shade: usize,
  frame: usize,
  frameStride: usize,
  rows: i32,
  cols: i32,
  v: f64,
  u: f64,
  scratch: usize,
): void {
  const stride = (<usize>cols + 2) * NUMBER;
  memory.fill(scratch, 0, stride);
  memory.fill(scratch + (<usize>rows + 1) * stride, 0, stride);
  for (let y = 0; y < rows; y++) {
    let from = frame + <usize>y * frameStride;
    let field = shade + <usize>y * frameStride;
    let to = scratch + (<usize>y + 1) * stride;
    store<f64>(to, 0);
    to += NUMBER;
    let missing = cols;
    for (; missing > 1; missing -= 2) {
      v128.store(to, f64x2.mul(v128.load(from), v128.load(field)));
      from += 2 * NUMBER;
      field += 2 * NUMBER;
      to += 2 * NUMBER;
    }
    if (missing > 0) {
      store<f64>(to, load<f64>(from) * load<f64>(field));
      to += NUMBER;
    }
    store<f64>(to, 0);
  }
  const ofNext = v * u;
  const ofLeft = v * (1 - u);
  const ofAbove = (1 - v) * u;
  const own = (1 - v) * (1 - u);
  const next2 = f64x2.splat(ofNext);
  const left2 = f64x2.splat(ofLeft);
  const above2 = f64x2.splat(ofAbove);
  const own2 = f64x2.splat(own);
  for (let y = 0; y <= rows; y++) {
    let above = scratch + <usize>y * stride;
    let to = canvas + <usize>y * canvasStride;
    let missing = cols + 1;
    for (; missing > 1; missing -= 2) {
      const here = above + stride;
      const upper = f64x2.add(
        f64x2.mul(next2, v128.load(above)),
        f64x2.mul(left2, v128.load(above + NUMBER)),
      );
      const lower = f64x2.add(
        f64x2.mul(above2, v128.load(here)),
        f64x2.mul(own2, v128.load(here + NUMBER)),
      );
      v128.store(to, f64x2.add(upper, lower));
      above += 2 * NUMBER;
      to += 2 * NUMBER;
    }
    if (missing > 0) {
      const here = above + stride;
      const upper = ofNext * load<f64>(above) + ofLeft * load<f64>(above + NUMBER);
      const lower = ofAbove * load<f64>(here) + own * load<f64>(here + NUMBER);
      store<f64>(to, upper + lower);
    }
  }
}

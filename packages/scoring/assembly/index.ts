// Inner products of rows of an image with eight frames at once: what it holds is read once, and each frame has a lane of its own, in
// which products are added in the order of the pixels. So a frame's product depends neither on the others nor on where rows are cut.

/** Bytes of a pixel of eight frames, one after the other: a float32 holds every value of a movie. */
const PIXEL: usize = 8 * 4;

/** `image`: height × width numbers; `frames`: the pixel under its first one, `stride` pixels to a row; added to the eight sums at `target`. */
export function project(
  image: usize,
  height: i32,
  width: i32,
  frames: usize,
  stride: i32,
  target: usize,
): void {
  let a = v128.load(target);
  let b = v128.load(target, 16);
  let c = v128.load(target, 32);
  let d = v128.load(target, 48);
  for (let y = 0; y < height; y++) {
    let at = frames + <usize>y * <usize>stride * PIXEL;
    const end = image + ((<usize>width) << 3);
    for (; image < end; image += 8) {
      const value = v128.load64_splat(image);
      a = f64x2.add(a, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(at))));
      b = f64x2.add(b, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(at, 8))));
      c = f64x2.add(c, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(at, 16))));
      d = f64x2.add(d, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(at, 24))));
      at += PIXEL;
    }
  }
  v128.store(target, a);
  v128.store(target, b, 16);
  v128.store(target, c, 32);
  v128.store(target, d, 48);
}

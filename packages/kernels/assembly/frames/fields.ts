// Dense fields over a block: weighted sum and product. A piece of the field stays in cache while all frames use it.
import { Vector } from "./vector";

const PIECE: i32 = 2048;

export function accumulateField(
  block: usize,
  nFrames: i32,
  nPixels: i32,
  field: usize,
  weights: usize,
): void {
  for (let begin = 0; begin < nPixels; begin += PIECE) {
    const end = min(begin + PIECE, nPixels);
    for (let f = 0; f < nFrames; f++) {
      const weight = v128.load32_splat(weights + ((<usize>f) << 2));
      const frame = block + ((<usize>f * <usize>nPixels) << 2);
      for (let p = begin; p < end; p += 4) {
        const at = (<usize>p) << 2;
        const old = Vector.loadRun(frame + at, end - p);
        const added = f32x4.mul(weight, Vector.loadRun(field + at, end - p));
        Vector.storeRun(frame + at, f32x4.add(old, added), end - p);
      }
    }
  }
}

/** frame *= field, and then *= weight unless `weights` is 0. */
export function modulate(
  block: usize,
  nFrames: i32,
  nPixels: i32,
  field: usize,
  weights: usize,
): void {
  for (let begin = 0; begin < nPixels; begin += PIECE) {
    const end = min(begin + PIECE, nPixels);
    for (let f = 0; f < nFrames; f++) {
      const weight = weights ? v128.load32_splat(weights + ((<usize>f) << 2)) : f32x4.splat(1);
      const frame = block + ((<usize>f * <usize>nPixels) << 2);
      for (let p = begin; p < end; p += 4) {
        const at = (<usize>p) << 2;
        const old = Vector.loadRun(frame + at, end - p);
        const product = f32x4.mul(old, Vector.loadRun(field + at, end - p));
        Vector.storeRun(frame + at, f32x4.mul(product, weight), end - p);
      }
    }
  }
}

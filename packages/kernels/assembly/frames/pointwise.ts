// Fields over a band of a quad: eight pixels of four frames are loaded once, taken through a run of operations, and put
// back into the band or, after the last run, into the frames.
import { FIELD, MODULATE_SWINGING, MODULATE_WEIGHTED, Operation, SCALE } from "./operations";
import { Quad } from "./quads";

class Point {
  @inline
  static add(x: v128, weight: v128, field: usize): v128 {
    return f32x4.add(x, f32x4.mul(weight, v128.load32_splat(field)));
  }
  @inline
  static scale(x: v128, field: usize): v128 {
    return f32x4.mul(x, v128.load32_splat(field));
  }
  @inline
  static swing(x: v128, weight: v128, field: usize, swing: usize): v128 {
    return f32x4.mul(x, Point.add(v128.load32_splat(field), weight, swing));
  }
}

/** Applies operations [begin, end) to pixels pixel…pixel + nPixels of the frame, which the band holds. */
export function pointwise(
  band: usize,
  pixel: i32,
  nPixels: i32,
  operations: usize,
  begin: i32,
  end: i32,
  quad: i32,
  toFrames: bool,
  first: usize,
  frameBytes: usize,
  lanes: i32,
): void {
  let frame0 = first;
  let frame1 = Quad.frame(first, frameBytes, 1, lanes);
  let frame2 = Quad.frame(first, frameBytes, 2, lanes);
  let frame3 = Quad.frame(first, frameBytes, 3, lanes);
  const from = Operation.at(operations, begin);
  const to = Operation.at(operations, end);
  const lane = Operation.lanes(0, quad);
  let at = (<usize>pixel) << 2;
  let p = 0;
  for (; p + 8 <= nPixels; p += 8) {
    let a = v128.load(band);
    let b = v128.load(band, 16);
    let c = v128.load(band, 32);
    let d = v128.load(band, 48);
    let e = v128.load(band, 64);
    let f = v128.load(band, 80);
    let g = v128.load(band, 96);
    let h = v128.load(band, 112);
    for (let record = from; record < to; record += 64) {
      const field = Operation.operand(record) + at;
      const kind = Operation.kind(record);
      if (kind == FIELD) {
        const weight = v128.load(record + lane);
        a = Point.add(a, weight, field);
        b = Point.add(b, weight, field + 4);
        c = Point.add(c, weight, field + 8);
        d = Point.add(d, weight, field + 12);
        e = Point.add(e, weight, field + 16);
        f = Point.add(f, weight, field + 20);
        g = Point.add(g, weight, field + 24);
        h = Point.add(h, weight, field + 28);
        continue;
      }
      if (kind == MODULATE_SWINGING) {
        const weight = v128.load(record + lane);
        const swing = Operation.swing(record) + at;
        a = Point.swing(a, weight, field, swing);
        b = Point.swing(b, weight, field + 4, swing + 4);
        c = Point.swing(c, weight, field + 8, swing + 8);
        d = Point.swing(d, weight, field + 12, swing + 12);
        e = Point.swing(e, weight, field + 16, swing + 16);
        f = Point.swing(f, weight, field + 20, swing + 20);
        g = Point.swing(g, weight, field + 24, swing + 24);
        h = Point.swing(h, weight, field + 28, swing + 28);
        continue;
      }
      if (kind != SCALE) {
        a = Point.scale(a, field);
        b = Point.scale(b, field + 4);
        c = Point.scale(c, field + 8);
        d = Point.scale(d, field + 12);
        e = Point.scale(e, field + 16);
        f = Point.scale(f, field + 20);
        g = Point.scale(g, field + 24);
        h = Point.scale(h, field + 28);
      }
      if (kind == MODULATE_WEIGHTED || kind == SCALE) {
        const weight = v128.load(record + lane);
        a = f32x4.mul(a, weight);
        b = f32x4.mul(b, weight);
        c = f32x4.mul(c, weight);
        d = f32x4.mul(d, weight);
        e = f32x4.mul(e, weight);
        f = f32x4.mul(f, weight);
        g = f32x4.mul(g, weight);
        h = f32x4.mul(h, weight);
      }
    }
    if (toFrames) {
      const lowAB = Quad.low(a, b);
      const lowCD = Quad.low(c, d);
      const highAB = Quad.high(a, b);
      const highCD = Quad.high(c, d);
      const lowEF = Quad.low(e, f);
      const lowGH = Quad.low(g, h);
      const highEF = Quad.high(e, f);
      const highGH = Quad.high(g, h);
      v128.store(frame3, Quad.odd(highAB, highCD));
      v128.store(frame3, Quad.odd(highEF, highGH), 16);
      v128.store(frame2, Quad.even(highAB, highCD));
      v128.store(frame2, Quad.even(highEF, highGH), 16);
      v128.store(frame1, Quad.odd(lowAB, lowCD));
      v128.store(frame1, Quad.odd(lowEF, lowGH), 16);
      v128.store(frame0, Quad.even(lowAB, lowCD));
      v128.store(frame0, Quad.even(lowEF, lowGH), 16);
      frame0 += 32;
      frame1 += 32;
      frame2 += 32;
      frame3 += 32;
    } else {
      v128.store(band, a);
      v128.store(band, b, 16);
      v128.store(band, c, 32);
      v128.store(band, d, 48);
      v128.store(band, e, 64);
      v128.store(band, f, 80);
      v128.store(band, g, 96);
      v128.store(band, h, 112);
    }
    band += 128;
    at += 32;
  }
  for (; p < nPixels; p++) {
    let a = v128.load(band);
    for (let record = from; record < to; record += 64) {
      const field = Operation.operand(record) + at;
      const kind = Operation.kind(record);
      const weight = v128.load(record + lane);
      if (kind == FIELD) {
        a = Point.add(a, weight, field);
        continue;
      }
      if (kind == MODULATE_SWINGING) {
        a = Point.swing(a, weight, field, Operation.swing(record) + at);
        continue;
      }
      if (kind != SCALE) a = Point.scale(a, field);
      if (kind == MODULATE_WEIGHTED || kind == SCALE) a = f32x4.mul(a, weight);
    }
    if (toFrames) {
      v128.store_lane<f32>(frame3, a, 3);
      v128.store_lane<f32>(frame2, a, 2);
      v128.store_lane<f32>(frame1, a, 1);
      v128.store_lane<f32>(frame0, a, 0);
      frame0 += 4;
      frame1 += 4;
      frame2 += 4;
      frame3 += 4;
    } else v128.store(band, a);
    band += 16;
    at += 4;
  }
}

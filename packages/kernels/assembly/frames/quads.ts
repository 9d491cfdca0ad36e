// Frames in fours: a band of a quad holds, pixel after pixel, one lane for each of four frames. A quad with fewer frames
// repeats its first frame in the empty lanes, which is written last, so that they leave no trace.

export class Quad {
  /** Where a frame of the quad lies; that of an empty lane is the first frame's. */
  @inline
  static frame(first: usize, frameBytes: usize, lane: i32, lanes: i32): usize {
    return lane < lanes ? first + <usize>lane * frameBytes : first;
  }

  /** Columns 0 and 1 of the 4 × 4 transpose start from the low halves, 2 and 3 from the high halves. */
  @inline
  static low(a: v128, b: v128): v128 {
    return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  }
  @inline
  static high(a: v128, b: v128): v128 {
    return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  }
  @inline
  static even(a: v128, b: v128): v128 {
    return v128.shuffle<i64>(a, b, 0, 2);
  }
  @inline
  static odd(a: v128, b: v128): v128 {
    return v128.shuffle<i64>(a, b, 1, 3);
  }
}

/** Reads four frames into a band. */
export function gather(
  first: usize,
  frameBytes: usize,
  lanes: i32,
  nPixels: i32,
  band: usize,
): void {
  let frame0 = first;
  let frame1 = Quad.frame(first, frameBytes, 1, lanes);
  let frame2 = Quad.frame(first, frameBytes, 2, lanes);
  let frame3 = Quad.frame(first, frameBytes, 3, lanes);
  let p = 0;
  for (; p + 4 <= nPixels; p += 4) {
    const a = v128.load(frame0);
    const b = v128.load(frame1);
    const c = v128.load(frame2);
    const d = v128.load(frame3);
    const lowAB = Quad.low(a, b);
    const lowCD = Quad.low(c, d);
    const highAB = Quad.high(a, b);
    const highCD = Quad.high(c, d);
    v128.store(band, Quad.even(lowAB, lowCD));
    v128.store(band, Quad.odd(lowAB, lowCD), 16);
    v128.store(band, Quad.even(highAB, highCD), 32);
    v128.store(band, Quad.odd(highAB, highCD), 48);
    band += 64;
    frame0 += 16;
    frame1 += 16;
    frame2 += 16;
    frame3 += 16;
  }
  for (; p < nPixels; p++) {
    store<f32>(band, load<f32>(frame0));
    store<f32>(band, load<f32>(frame1), 4);
    store<f32>(band, load<f32>(frame2), 8);
    store<f32>(band, load<f32>(frame3), 12);
    band += 16;
    frame0 += 4;
    frame1 += 4;
    frame2 += 4;
    frame3 += 4;
  }
}

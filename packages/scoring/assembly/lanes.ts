// Eight frames beside each other, pixel by pixel, and apart again. `frames` is the place of their eight addresses, of 32 bits each; pixels
// `start` up to `end` of them are those of the band.

/** Bytes of a pixel of eight frames. */
const PIXEL: usize = 8 * 8;

export function beside(frames: usize, start: i32, end: i32, band: usize): void {
  for (let lane: usize = 0; lane < 8; lane += 4) {
    const first = frames + lane * 4;
    let a = <usize>load<u32>(first) + ((<usize>start) << 3);
    let b = <usize>load<u32>(first, 4) + ((<usize>start) << 3);
    let c = <usize>load<u32>(first, 8) + ((<usize>start) << 3);
    let d = <usize>load<u32>(first, 12) + ((<usize>start) << 3);
    let to = band + lane * 8;
    let left = end - start;
    for (; left > 1; left -= 2) {
      const ofA = v128.load(a);
      const ofB = v128.load(b);
      const ofC = v128.load(c);
      const ofD = v128.load(d);
      v128.store(to, v128.shuffle<f64>(ofA, ofB, 0, 2));
      v128.store(to, v128.shuffle<f64>(ofC, ofD, 0, 2), 16);
      v128.store(to + PIXEL, v128.shuffle<f64>(ofA, ofB, 1, 3));
      v128.store(to + PIXEL, v128.shuffle<f64>(ofC, ofD, 1, 3), 16);
      a += 16;
      b += 16;
      c += 16;
      d += 16;
      to += 2 * PIXEL;
    }
    if (left > 0) {
      store<f64>(to, load<f64>(a));
      store<f64>(to, load<f64>(b), 8);
      store<f64>(to, load<f64>(c), 16);
      store<f64>(to, load<f64>(d), 24);
    }
  }
}

export function apart(band: usize, start: i32, end: i32, frames: usize): void {
  for (let lane: usize = 0; lane < 8; lane += 4) {
    const first = frames + lane * 4;
    let a = <usize>load<u32>(first) + ((<usize>start) << 3);
    let b = <usize>load<u32>(first, 4) + ((<usize>start) << 3);
    let c = <usize>load<u32>(first, 8) + ((<usize>start) << 3);
    let d = <usize>load<u32>(first, 12) + ((<usize>start) << 3);
    let from = band + lane * 8;
    let left = end - start;
    for (; left > 1; left -= 2) {
      const ab = v128.load(from);
      const cd = v128.load(from, 16);
      const abNext = v128.load(from + PIXEL);
      const cdNext = v128.load(from + PIXEL, 16);
      v128.store(a, v128.shuffle<f64>(ab, abNext, 0, 2));
      v128.store(b, v128.shuffle<f64>(ab, abNext, 1, 3));
      v128.store(c, v128.shuffle<f64>(cd, cdNext, 0, 2));
      v128.store(d, v128.shuffle<f64>(cd, cdNext, 1, 3));
      a += 16;
      b += 16;
      c += 16;
      d += 16;
      from += 2 * PIXEL;
    }
    if (left > 0) {
      store<f64>(a, load<f64>(from));
      store<f64>(b, load<f64>(from, 8));
      store<f64>(c, load<f64>(from, 16));
      store<f64>(d, load<f64>(from, 24));
    }
  }
}

// Rows of an image and eight frames at once: what is held of the image is read once, and each frame has a lane of its own, in
// which products are added in the order of the pixels. So a frame's numbers depend neither on the others nor on where rows are cut.

/** Bytes of a pixel of eight frames, one after the other. */
const PIXEL: usize = 8 * 8;

/** Bytes of what is known of an image's rows: five 32-bit numbers. */
const ROWS: usize = 5 * 4;
/** Rows of an image: where its first number is, height, width, where the pixel under it is in the band, and its eight numbers. */
let image: usize = 0;
let height: i32 = 0;
let width: i32 = 0;
let under: usize = 0;
let numbers: usize = 0;

function read(rows: usize): void {
  image = load<u32>(rows);
  height = load<u32>(rows, 4);
  width = load<u32>(rows, 8);
  under = load<u32>(rows, 12);
  numbers = load<u32>(rows, 16);
}

/**
 * Inner products, added to the eight numbers of each image: of `count` descriptions of rows at `rows`, on a band of `stride` pixels a row. `first` is the
 * place of the numbers of the first image, `wanted` that of a byte for each: 0 where its numbers are left as they are.
 */
export function project(rows: usize, count: i32, stride: i32, first: usize, wanted: usize): void {
  for (let i = 0; i < count; i++) {
    read(rows + <usize>i * ROWS);
    if (load<u8>(wanted + (numbers - first) / PIXEL) === 0) continue;
    let a = v128.load(numbers);
    let b = v128.load(numbers, 16);
    let c = v128.load(numbers, 32);
    let d = v128.load(numbers, 48);
    let from = image;
    for (let y = 0; y < height; y++) {
      let at = under + <usize>y * <usize>stride * PIXEL;
      const end = from + ((<usize>width) << 3);
      for (; from < end; from += 8) {
        const value = v128.load64_splat(from);
        a = f64x2.add(a, f64x2.mul(value, v128.load(at)));
        b = f64x2.add(b, f64x2.mul(value, v128.load(at, 16)));
        c = f64x2.add(c, f64x2.mul(value, v128.load(at, 32)));
        d = f64x2.add(d, f64x2.mul(value, v128.load(at, 48)));
        at += PIXEL;
      }
    }
    v128.store(numbers, a);
    v128.store(numbers, b, 16);
    v128.store(numbers, c, 32);
    v128.store(numbers, d, 48);
  }
}

/** The transpose: each image times its eight numbers is added to the frames of the band. */
export function spread(rows: usize, count: i32, stride: i32): void {
  for (let i = 0; i < count; i++) {
    read(rows + <usize>i * ROWS);
    const a = v128.load(numbers);
    const b = v128.load(numbers, 16);
    const c = v128.load(numbers, 32);
    const d = v128.load(numbers, 48);
    // An image without weight in all of them, as most rungs of a moving focus are.
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue;
    let from = image;
    for (let y = 0; y < height; y++) {
      let at = under + <usize>y * <usize>stride * PIXEL;
      const end = from + ((<usize>width) << 3);
      for (; from < end; from += 8) {
        const value = v128.load64_splat(from);
        v128.store(at, f64x2.add(v128.load(at), f64x2.mul(value, a)));
        v128.store(at, f64x2.add(v128.load(at, 16), f64x2.mul(value, b)), 16);
        v128.store(at, f64x2.add(v128.load(at, 32), f64x2.mul(value, c)), 32);
        v128.store(at, f64x2.add(v128.load(at, 48), f64x2.mul(value, d)), 48);
        at += PIXEL;
      }
    }
  }
}

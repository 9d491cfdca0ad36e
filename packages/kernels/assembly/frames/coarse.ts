// Smooth components: patches of coefficients on a coarse grid. Their weighted sum is made there once a frame; a band of rows takes
// it up through cubic B-splines, first down the columns of the grid, then along the row. Every product and sum is rounded to float32.
import { COARSE, Coarse, LANES, Operation } from "./operations";
import { addPatches } from "./patches";

// Rows of the grid whose sums stay in the first-level cache while all patches go by.
const PIECE_BYTES: i32 = 16384;

/** What the sums of a block take, with one row between the two directions. */
export function coarseBytes(nFrames: i32, gridHeight: i32, gridWidth: i32): usize {
  const groups = (nFrames + LANES - 1) / LANES;
  return ((<usize>groups * <usize>gridHeight + 1) * <usize>gridWidth) << 5;
}

/** Sums the patches of every coarse operation for all frames. */
export function sumCoarse(operations: usize, nOperations: i32, nFrames: i32): void {
  for (let i = 0; i < nOperations; i++) {
    const record = Operation.at(operations, i);
    if (Operation.kind(record) != COARSE) continue;
    const height = Coarse.height(record);
    const width = Coarse.width(record);
    const rowBytes = (<usize>width) << 4;
    const piece = max(1, PIECE_BYTES / max(1, width << 5));
    memory.fill(Coarse.sums(record), 0, coarseBytes(nFrames, height, width));
    for (let first = 0; first < nFrames; first += LANES) {
      const quad0 = Coarse.quad(record, first, 0);
      const quad1 = nFrames - first > 4 ? Coarse.quad(record, first, 1) : 0;
      for (let top = 0; top < height; top += piece) {
        const skip = <usize>top * rowBytes;
        const end = min(top + piece, height);
        const second = quad1 ? quad1 + skip : 0;
        addPatches(quad0 + skip, second, top, end, width, record, nFrames, first);
      }
    }
  }
}

/** Adds a coarse operation to rows top…end of frames first…first + 7; `quad1` is 0 where one quad holds them all. */
export function addCoarse(
  quad0: usize,
  quad1: usize,
  top: i32,
  end: i32,
  width: i32,
  record: usize,
  first: i32,
): void {
  const rowBytes = (<usize>width) << 4;
  const line0 = Coarse.line(record);
  const line1 = line0 + ((<usize>Coarse.width(record)) << 4);
  for (let y = top; y < end; y++) {
    mixRows(record, first, 0, y, line0);
    if (quad1) {
      mixRows(record, first, 1, y, line1);
      addToTwo(record, line0, line1, quad0, quad1, width);
      quad1 += rowBytes;
    } else addToOne(record, line0, quad0, width);
    quad0 += rowBytes;
  }
}

/** One row of the frames at every column of the grid: four rows of the grid, weighted. */
function mixRows(record: usize, first: i32, q: i32, y: i32, line: usize): void {
  const columns = Coarse.width(record);
  const rowBytes = (<usize>columns) << 4;
  const tap = Coarse.rowTap(record, y);
  let a = Coarse.quad(record, first, q) + <usize>load<i32>(tap) * rowBytes;
  let b = a + rowBytes;
  let c = b + rowBytes;
  let d = c + rowBytes;
  const weightA = v128.load32_splat(tap, 4);
  const weightB = v128.load32_splat(tap, 8);
  const weightC = v128.load32_splat(tap, 12);
  const weightD = v128.load32_splat(tap, 16);
  for (let x = 0; x < columns; x++) {
    const ab = f32x4.add(f32x4.mul(weightA, v128.load(a)), f32x4.mul(weightB, v128.load(b)));
    const cd = f32x4.add(f32x4.mul(weightC, v128.load(c)), f32x4.mul(weightD, v128.load(d)));
    v128.store(line, f32x4.add(ab, cd));
    a += 16;
    b += 16;
    c += 16;
    d += 16;
    line += 16;
  }
}

/** Adds four weighted columns of the line to every pixel of a row. Pixels between two columns of the grid take the same four. */
function addToOne(record: usize, line: usize, quad: usize, width: i32): void {
  let tap = Coarse.columnTap(record, 0);
  const end = Coarse.columnTap(record, width);
  while (tap < end) {
    const node = load<i32>(tap);
    const at = line + ((<usize>node) << 4);
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    do {
      const ab = f32x4.add(
        f32x4.mul(a, v128.load32_splat(tap, 4)),
        f32x4.mul(b, v128.load32_splat(tap, 8)),
      );
      const cd = f32x4.add(
        f32x4.mul(c, v128.load32_splat(tap, 12)),
        f32x4.mul(d, v128.load32_splat(tap, 16)),
      );
      v128.store(quad, f32x4.add(v128.load(quad), f32x4.add(ab, cd)));
      quad += 16;
      tap += 20;
    } while (tap < end && load<i32>(tap) == node);
  }
}

/** The same for two quads at once, so that a weight is read once for both. */
function addToTwo(
  record: usize,
  line0: usize,
  line1: usize,
  quad0: usize,
  quad1: usize,
  width: i32,
): void {
  let tap = Coarse.columnTap(record, 0);
  const end = Coarse.columnTap(record, width);
  while (tap < end) {
    const node = load<i32>(tap);
    const at0 = line0 + ((<usize>node) << 4);
    const at1 = line1 + ((<usize>node) << 4);
    const a0 = v128.load(at0);
    const b0 = v128.load(at0, 16);
    const c0 = v128.load(at0, 32);
    const d0 = v128.load(at0, 48);
    const a1 = v128.load(at1);
    const b1 = v128.load(at1, 16);
    const c1 = v128.load(at1, 32);
    const d1 = v128.load(at1, 48);
    do {
      const a = v128.load32_splat(tap, 4);
      const b = v128.load32_splat(tap, 8);
      const c = v128.load32_splat(tap, 12);
      const d = v128.load32_splat(tap, 16);
      const ab0 = f32x4.add(f32x4.mul(a0, a), f32x4.mul(b0, b));
      const cd0 = f32x4.add(f32x4.mul(c0, c), f32x4.mul(d0, d));
      v128.store(quad0, f32x4.add(v128.load(quad0), f32x4.add(ab0, cd0)));
      const ab1 = f32x4.add(f32x4.mul(a1, a), f32x4.mul(b1, b));
      const cd1 = f32x4.add(f32x4.mul(c1, c), f32x4.mul(d1, d));
      v128.store(quad1, f32x4.add(v128.load(quad1), f32x4.add(ab1, cd1)));
      quad0 += 16;
      quad1 += 16;
      tap += 20;
    } while (tap < end && load<i32>(tap) == node);
  }
}

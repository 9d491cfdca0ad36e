// A sequence of operations on the light of a block, in one pass: the frames are walked in bands that stay in cache, eight
// frames at a time, and every operation is applied to a band before the next band is touched. All frames of the block take
// a band before the next one, so that its patches and fields are read from memory once. A pixel sees the same operations in
// the same order as one by one, each product and sum rounded to float32, so the bits are the same.
import { addCoarse, sumCoarse } from "./coarse";
import { LANES, Operation, PATCHES, spreadWeights } from "./operations";
import { addPatches } from "./patches";
import { pointwise } from "./pointwise";
import { gather } from "./quads";

// Both quads of a band: half of the smallest second-level cache that matters, which leaves room for what streams by.
const BAND_BYTES: i32 = 196608;
const PIXEL_BYTES: i32 = 4 * LANES;

export function bandRows(height: i32, width: i32): i32 {
  return max(1, min(height, BAND_BYTES / max(1, width * PIXEL_BYTES)));
}

/** Working memory of one call. */
export function composeScratchBytes(height: i32, width: i32): usize {
  return <usize>bandRows(height, width) * <usize>width * <usize>PIXEL_BYTES;
}

/** Applies all operations to all frames; `dark` says that the block stands for zeros, whatever it holds. */
export function compose(
  block: usize,
  nFrames: i32,
  height: i32,
  width: i32,
  operations: usize,
  nOperations: i32,
  dark: bool,
  scratch: usize,
): void {
  const frameBytes = (<usize>height * <usize>width) << 2;
  const rows = bandRows(height, width);
  sumCoarse(operations, nOperations, nFrames);
  for (let top = 0; top < height; top += rows) {
    const light = block + ((<usize>top * <usize>width) << 2);
    const end = min(top + rows, height);
    composeBand(
      light,
      frameBytes,
      nFrames,
      top,
      end,
      width,
      operations,
      nOperations,
      dark,
      scratch,
    );
  }
}

/** Rows top…end of all frames, once coarse operations are summed; those of the first frame are at `light`, those of the next `frameBytes` further. */
export function composeBand(
  light: usize,
  frameBytes: usize,
  nFrames: i32,
  top: i32,
  end: i32,
  width: i32,
  operations: usize,
  nOperations: i32,
  dark: bool,
  scratch: usize,
): void {
  const pixel = top * width;
  const nPixels = (end - top) * width;
  const quadBytes = (<usize>nPixels) << 4;
  for (let first = 0; first < nFrames; first += LANES) {
    const lanes = min(nFrames - first, LANES);
    const quads = lanes > 4 ? 2 : 1;
    spreadWeights(operations, nOperations, nFrames, first);
    for (let q = 0; q < quads; q++) {
      const band = scratch + <usize>q * quadBytes;
      if (dark) memory.fill(band, 0, (<usize>nPixels) << 4);
      else gather(light + <usize>(4 * q) * frameBytes, frameBytes, lanes - 4 * q, nPixels, band);
    }
    let next = 0;
    let through = false;
    while (!through) {
      for (; next < nOperations; next++) {
        const record = Operation.at(operations, next);
        if (Operation.isPointwise(record)) break;
        const second = quads > 1 ? scratch + quadBytes : 0;
        if (Operation.kind(record) == PATCHES) {
          addPatches(scratch, second, top, end, width, record, nFrames, first);
        } else addCoarse(scratch, second, top, end, width, record, first);
      }
      const begin = next;
      while (next < nOperations && Operation.isPointwise(Operation.at(operations, next))) {
        next++;
      }
      through = next == nOperations;
      for (let q = 0; q < quads; q++) {
        pointwise(
          scratch + <usize>q * quadBytes,
          pixel,
          nPixels,
          operations,
          begin,
          next,
          q,
          through,
          light + <usize>(4 * q) * frameBytes,
          frameBytes,
          lanes - 4 * q,
        );
      }
    }
    light += <usize>LANES * frameBytes;
  }
}

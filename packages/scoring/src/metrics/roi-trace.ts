// The raw trace of a region: what a mask alone reads from a movie.
import type { PixelMask } from "./masks.ts";

/** Some frames of a movie, one after another, each row-major on the mask's canvas. */
export interface FrameBlock {
  readonly data: ArrayLike<number>;
}

/**
 * The mean over a mask's pixels in each frame; 0 for an empty mask. `frames` is one block, or all of a movie (an ndarray
 * of frames × height × width is a block). NaN in the mask makes its frame NaN.
 * @throws RangeError when the block does not hold whole frames of the mask's canvas.
 */
export function footprintRoiTrace(frames: FrameBlock, { canvas, pixels }: PixelMask): Float64Array {
  const size = canvas.height * canvas.width;
  const count = size === 0 ? 0 : frames.data.length / size;
  if (!Number.isInteger(count)) {
    throw new RangeError(
      `${frames.data.length} values are no whole number of ${canvas.height} × ${canvas.width} frames.`,
    );
  }
  const trace = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    let sum = 0;
    for (const pixel of pixels) sum += frames.data[t * size + pixel]!;
    trace[t] = pixels.length === 0 ? 0 : sum / pixels.length;
  }
  return trace;
}

/** `footprintRoiTrace` over a movie read block by block, in order: never more than one block in memory. */
export async function streamRoiTrace(
  blocks: AsyncIterable<FrameBlock> | Iterable<FrameBlock>,
  mask: PixelMask,
): Promise<Float64Array> {
  const parts: Float64Array[] = [];
  for await (const block of blocks) parts.push(footprintRoiTrace(block, mask));
  const trace = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    trace.set(part, end);
    end += part.length;
  }
  return trace;
}

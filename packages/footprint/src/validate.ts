// What makes three arrays a stack of footprints.
import type { Canvas } from "./geometry.ts";

/** A stack as plain arrays: `offsets` and `shapes` hold (row, col) and (height, width) per footprint. */
export interface StackArrays {
  readonly canvas: Canvas;
  /** n × 2, int32: row and column of the first pixel. */
  readonly offsets: Int32Array;
  /** n × 2, int32: height and width. */
  readonly shapes: Int32Array;
  /** The patches one after another, float32, each row-major. */
  readonly data: Float32Array;
}

/**
 * Where each patch starts in `data`, and where the last one ends: n + 1 indices.
 * Throws a RangeError that names the first footprint that does not fit.
 */
export function patchStarts({ canvas, offsets, shapes, data }: StackArrays): Int32Array {
  assertCanvas(canvas);
  if (offsets.length !== shapes.length || offsets.length % 2 !== 0) {
    throw new RangeError(
      `Offsets and shapes of a stack hold two values per footprint each, not ${offsets.length} and ${shapes.length}.`,
    );
  }
  const count = offsets.length / 2;
  const starts = new Int32Array(count + 1);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const row = offsets[2 * i]!;
    const col = offsets[2 * i + 1]!;
    const height = shapes[2 * i]!;
    const width = shapes[2 * i + 1]!;
    const inside =
      Math.min(row, col, height, width) >= 0 &&
      row + height <= canvas.height &&
      col + width <= canvas.width;
    if (!inside) {
      throw new RangeError(
        `Footprint ${i}, ${height} × ${width} at (${row}, ${col}), does not lie on its ${canvas.height} × ${canvas.width} canvas.`,
      );
    }
    end += height * width;
    starts[i + 1] = end;
  }
  if (end !== data.length) {
    throw new RangeError(
      `The footprints of this stack cover ${end} pixels, but ${data.length} are given.`,
    );
  }
  // Starts are 32-bit: beyond that they would have wrapped.
  if (end > 0x7fffffff) throw new RangeError("A stack holds at most 2147483647 pixels.");
  return starts;
}

function assertCanvas({ height, width }: Canvas): void {
  const whole = Number.isSafeInteger(height) && Number.isSafeInteger(width);
  if (!whole || height < 0 || width < 0) {
    throw new RangeError(`A canvas has a whole height and width, not ${height} × ${width}.`);
  }
}

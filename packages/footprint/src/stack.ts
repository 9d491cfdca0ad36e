// Many footprints on one canvas, kept in three arrays.
import { type CompressedMatrix, stackToCsc, stackToCsr } from "./compressed.ts";
import { degradedBox, degradeFootprint } from "./degrade.ts";
import { cropFootprint, type Footprint } from "./footprint.ts";
import {
  type CompressedInput,
  footprintsFromCompressed,
  footprintsFromDense,
  type MatrixLayout,
} from "./from-views.ts";
import type { Canvas, Window } from "./geometry.ts";
import { patchStarts, type StackArrays } from "./validate.ts";

/** Whether it is a stack: also one made by another copy of this package, as an installation may have it. */
export function isFootprintStack(value: unknown): value is FootprintStack {
  if (typeof value !== "object" || value === null) return false;
  const { offsets, shapes, data, starts } = value as Partial<FootprintStack>;
  const whole = [offsets, shapes, starts].every((array) => array instanceof Int32Array);
  return whole && data instanceof Float32Array && "toDense" in value;
}

/** An immutable stack of n footprints. Its arrays are views to read, never to write. */
export class FootprintStack implements StackArrays {
  readonly canvas: Canvas;
  /** n × 2: row and column of each patch's first pixel. */
  readonly offsets: Int32Array;
  /** n × 2: height and width of each patch. */
  readonly shapes: Int32Array;
  /** All patches one after another, row-major. */
  readonly data: Float32Array;
  /** n + 1: patch i is `data.subarray(starts[i], starts[i + 1])`. */
  readonly starts: Int32Array;

  private constructor(arrays: StackArrays) {
    this.starts = patchStarts(arrays);
    this.canvas = { height: arrays.canvas.height, width: arrays.canvas.width };
    this.offsets = arrays.offsets;
    this.shapes = arrays.shapes;
    this.data = arrays.data;
  }

  /** Copies footprints into a stack. A footprint that reaches past the canvas is a RangeError. */
  static from(footprints: readonly Footprint[], canvas: Canvas): FootprintStack {
    const offsets = new Int32Array(footprints.length * 2);
    const shapes = new Int32Array(footprints.length * 2);
    const data = new Float32Array(footprints.reduce((sum, { data }) => sum + data.length, 0));
    let end = 0;
    footprints.forEach((footprint, i) => {
      offsets.set([footprint.row, footprint.col], 2 * i);
      shapes.set([footprint.height, footprint.width], 2 * i);
      data.set(footprint.data, end);
      end += footprint.data.length;
    });
    return new FootprintStack({ canvas, offsets, shapes, data });
  }

  /** A stack over existing arrays, which are checked and kept, not copied; what does not fit is a RangeError. */
  static fromArrays(arrays: StackArrays): FootprintStack {
    return new FootprintStack(arrays);
  }

  /**
   * The inverse of `toDense`: images n × height × width, row-major, each trimmed to its tight box and rounded to
   * float32. What is no whole number of images is a RangeError.
   */
  static fromDense(dense: ArrayLike<number>, canvas: Canvas): FootprintStack {
    return FootprintStack.from(footprintsFromDense(dense, canvas), canvas);
  }

  /**
   * A matrix compressed by rows: units × pixels as `toCsr` makes it, or as the layout says. Footprints become tight boxes
   * in float32; zeros are dropped, entries of one pixel add up. A matrix that does not fit is a RangeError.
   */
  static fromCsr(
    matrix: CompressedInput,
    canvas: Canvas,
    layout: MatrixLayout = {},
  ): FootprintStack {
    return FootprintStack.from(footprintsFromCompressed(matrix, "rows", canvas, layout), canvas);
  }

  /** A matrix compressed by columns; otherwise as `fromCsr`. */
  static fromCsc(
    matrix: CompressedInput,
    canvas: Canvas,
    layout: MatrixLayout = {},
  ): FootprintStack {
    return FootprintStack.from(footprintsFromCompressed(matrix, "columns", canvas, layout), canvas);
  }

  /** How many footprints there are. */
  get length(): number {
    return this.starts.length - 1;
  }

  /** Footprint i; its data is a view into the stack. An index outside the stack is a RangeError. */
  at(index: number): Footprint {
    if (!(Number.isInteger(index) && index >= 0 && index < this.length)) {
      throw new RangeError(`A stack of ${this.length} footprints has none at ${index}.`);
    }
    return {
      row: this.offsets[2 * index]!,
      col: this.offsets[2 * index + 1]!,
      height: this.shapes[2 * index]!,
      width: this.shapes[2 * index + 1]!,
      data: this.data.subarray(this.starts[index], this.starts[index + 1]),
    };
  }

  /** The footprints at these indices, in that order; repeats are allowed. */
  select(indices: ArrayLike<number>): FootprintStack {
    const chosen = Array.from(indices, (index) => this.at(index));
    return FootprintStack.from(chosen, this.canvas);
  }

  /** Every footprint cropped to a window, which becomes the canvas. Footprints outside it stay, empty. */
  crop(window: Window): FootprintStack {
    return FootprintStack.from(
      this.map((footprint) => cropFootprint(footprint, window)),
      window,
    );
  }

  /**
   * Every footprint as observed, `gains[i]` · (planted ⊛ Gaussian(`sigmasPx[i]`)), in the box of a blur of `widestPx[i]`; see
   * `degradeFootprint`.
   */
  degrade(
    sigmasPx: ArrayLike<number>,
    gains: ArrayLike<number>,
    widestPx: ArrayLike<number> = sigmasPx,
  ): FootprintStack {
    if (sigmasPx.length !== this.length || gains.length !== this.length) {
      throw new RangeError(
        `${this.length} footprints need as many widths and gains, not ${sigmasPx.length} and ${gains.length}.`,
      );
    }
    const { canvas } = this;
    const offsets = new Int32Array(2 * this.length);
    const shapes = new Int32Array(2 * this.length);
    let end = 0;
    for (let i = 0; i < this.length; i++) {
      const box = degradedBox(this.at(i), canvas, sigmasPx[i]!, widestPx[i]!);
      if (box === null) continue;
      offsets.set([box.top, box.left], 2 * i);
      shapes.set([box.height, box.width], 2 * i);
      end += box.height * box.width;
    }
    // The patches are the largest array of many a recording: no second copy of them is made on the way, and threads can share this one.
    const data = sharedFloats(end);
    end = 0;
    for (let i = 0; i < this.length; i++) {
      const one = degradeFootprint(this.at(i), canvas, sigmasPx[i]!, gains[i]!, widestPx[i]!);
      data.set(one.data, end);
      end += one.data.length;
    }
    return new FootprintStack({ canvas, offsets, shapes, data });
  }

  /** All footprints as images over a window (the whole canvas if none is given): n × height × width, row-major. */
  toDense(window?: Window): Float32Array {
    const stack = window === undefined ? this : this.crop(window);
    const size = stack.canvas.height * stack.canvas.width;
    const dense = new Float32Array(stack.length * size);
    for (let i = 0; i < stack.length; i++) {
      const { row, col, height, width, data } = stack.at(i);
      for (let y = 0; y < height; y++) {
        const line = data.subarray(y * width, (y + 1) * width);
        dense.set(line, i * size + (row + y) * stack.canvas.width + col);
      }
    }
    return dense;
  }

  /** Units × pixels of the canvas, compressed by units. */
  toCsr(): CompressedMatrix {
    return stackToCsr(this);
  }

  /** Units × pixels of the canvas, compressed by pixels. */
  toCsc(): CompressedMatrix {
    return stackToCsc(this);
  }

  private map<T>(change: (footprint: Footprint, index: number) => T): T[] {
    return Array.from({ length: this.length }, (_, i) => change(this.at(i), i));
  }
}

/** Zeros in memory that threads can share, where the platform has it. */
function sharedFloats(length: number): Float32Array {
  if (typeof SharedArrayBuffer === "undefined") return new Float32Array(length);
  return new Float32Array(new SharedArrayBuffer(4 * length));
}

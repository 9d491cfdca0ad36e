// Footprints out of what other tools hold: dense images, and compressed sparse matrices in either orientation.
import { emptyFootprint, type Footprint, footprintFromDense } from "./footprint.ts";
import type { Canvas } from "./geometry.ts";

/** A sparse matrix as scipy.sparse keeps it (`shape`, `indptr`, `indices`, `data`); indices need not be sorted. */
export interface CompressedInput {
  readonly shape: readonly [rows: number, columns: number];
  readonly indptr: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  readonly data: ArrayLike<number>;
}

/** How a matrix lays out footprints. */
export interface MatrixLayout {
  /** What a row is; columns are the other. Default "units"; CaImAn keeps "pixels", in order "F". */
  readonly rows?: "units" | "pixels";
  /** Pixel (y, x) has number y · width + x ("C", the default) or x · height + y ("F"). */
  readonly pixelOrder?: "C" | "F";
}

/** Images n × height × width, row-major. @throws RangeError when the values are no whole number of images. */
export function footprintsFromDense(dense: ArrayLike<number>, canvas: Canvas): Footprint[] {
  const size = canvas.height * canvas.width;
  const count = size === 0 ? 0 : dense.length / size;
  if (!Number.isInteger(count) || (size === 0 && dense.length > 0)) {
    throw new RangeError(
      `${dense.length} values are no whole number of ${canvas.height} × ${canvas.width} images.`,
    );
  }
  // Rounded to float32 first, so that what vanishes there widens no box.
  const image = new Float32Array(size);
  return Array.from({ length: count }, (_, i) => {
    for (let pixel = 0; pixel < size; pixel++) image[pixel] = dense[i * size + pixel]!;
    return footprintFromDense(image, canvas);
  });
}

/** @throws RangeError for a matrix that contradicts itself or does not fit the canvas. */
export function footprintsFromCompressed(
  matrix: CompressedInput,
  compressedBy: "rows" | "columns",
  canvas: Canvas,
  { rows = "units", pixelOrder = "C" }: MatrixLayout,
): Footprint[] {
  const [units, pixels] = rows === "units" ? matrix.shape : [matrix.shape[1], matrix.shape[0]];
  if (pixels !== canvas.height * canvas.width) {
    throw new RangeError(
      `A ${canvas.height} × ${canvas.width} canvas has ${canvas.height * canvas.width} pixels, the matrix ${pixels}.`,
    );
  }
  const runsAreUnits = (compressedBy === "rows") === (rows === "units");
  const entries = runsAreUnits ? checked(matrix, units, pixels) : checked(matrix, pixels, units);
  const byUnit = runsAreUnits ? entries : transposed(entries, units);
  return Array.from({ length: units }, (_, unit) => {
    const [from, to] = [byUnit.indptr[unit]!, byUnit.indptr[unit + 1]!];
    return gathered(byUnit.indices, byUnit.data, from, to, canvas, pixelOrder);
  });
}

interface Entries {
  readonly indptr: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  readonly data: ArrayLike<number>;
}

function checked(matrix: CompressedInput, runs: number, width: number): Entries {
  const { indptr, indices, data } = matrix;
  const stored = indptr[runs];
  const sized = indptr.length === runs + 1 && stored === data.length && stored === indices.length;
  if (!sized || indptr[0] !== 0) {
    throw new RangeError(
      `A compressed matrix of ${runs} runs has ${runs + 1} pointers from 0 to the number of its values, not ${indptr.length} to ${stored} for ${data.length} values at ${indices.length} indices.`,
    );
  }
  for (let run = 0; run < runs; run++) {
    if (!(indptr[run]! <= indptr[run + 1]!)) {
      throw new RangeError(
        `The pointers of a compressed matrix must not fall, as they do after run ${run}.`,
      );
    }
  }
  for (let k = 0; k < indices.length; k++) {
    const index = indices[k]!;
    if (!(Number.isInteger(index) && index >= 0 && index < width)) {
      throw new RangeError(`Index ${index} lies outside a compressed matrix of ${width} per run.`);
    }
  }
  return { indptr, indices, data };
}

/** The same entries, compressed the other way, each run in the order of the old runs. */
function transposed({ indptr, indices, data }: Entries, runs: number): Entries {
  const starts = new Int32Array(runs + 1);
  for (let k = 0; k < indices.length; k++) starts[indices[k]! + 1]! += 1;
  for (let run = 0; run < runs; run++) starts[run + 1]! += starts[run]!;
  const next = starts.slice();
  const from = new Int32Array(indices.length);
  const values = new Float64Array(indices.length);
  for (let run = 0; run + 1 < indptr.length; run++) {
    for (let k = indptr[run]!; k < indptr[run + 1]!; k++) {
      const slot = next[indices[k]!]!;
      from[slot] = run;
      values[slot] = data[k]!;
      next[indices[k]!] = slot + 1;
    }
  }
  return { indptr: starts, indices: from, data: values };
}

/** One unit's entries as the tight box around those that are not 0 in float32; entries of the same pixel add up. */
function gathered(
  indices: ArrayLike<number>,
  data: ArrayLike<number>,
  from: number,
  to: number,
  { height, width }: Canvas,
  pixelOrder: "C" | "F",
): Footprint {
  const light = new Map<number, number>();
  for (let k = from; k < to; k++) {
    const index = indices[k]!;
    const pixel =
      pixelOrder === "C" ? index : (index % height) * width + Math.floor(index / height);
    light.set(pixel, (light.get(pixel) ?? 0) + data[k]!);
  }
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (const [pixel, value] of light) {
    if (Math.fround(value) === 0) continue;
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  if (bottom < 0) return emptyFootprint();
  const shape = { height: bottom - top + 1, width: right - left + 1 };
  const patch = new Float32Array(shape.height * shape.width);
  for (const [pixel, value] of light) {
    if (Math.fround(value) === 0) continue;
    patch[(Math.floor(pixel / width) - top) * shape.width + (pixel % width) - left] = value;
  }
  return { row: top, col: left, ...shape, data: patch };
}

// The forms in which an estimate may come, brought to the one that scores take.
import { type Canvas, type CompressedInput, FootprintStack } from "@minisim/footprint";
import { shown } from "@minisim/spec/input";
import type { ImageInput } from "./image-input.ts";
import type { Footprints } from "./metrics/cells.ts";
import type { Rows } from "./metrics/estimate.ts";
import type { MotionInput } from "./motion-input.ts";

/** Images n × height × width, row-major; a row-major ndarray is one. */
export interface DenseFootprints {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** A sparse matrix in the terms of scipy.sparse. */
export interface SparseFootprints extends CompressedInput {
  readonly format: "csr" | "csc";
  /** What a row is; columns are the other. Default "units"; CaImAn keeps "pixels". */
  readonly rows?: "units" | "pixels";
  /** Pixel (y, x) has number y · width + x ("C", the default) or x · height + y ("F", as in CaImAn). */
  readonly pixel_order?: "C" | "F";
}

/** What a pipeline found. An `Estimate` is one. */
export interface EstimateInput extends MotionInput, ImageInput {
  /** On the field of view. Weights become float32; negative and not finite ones are no light. */
  readonly footprints: Footprints | DenseFootprints | SparseFootprints;
  /** unit × frame: fluorescence or calcium, in any unit. */
  readonly C?: Rows | null;
  /** unit × frame: spikes or a rate, in any unit. */
  readonly S?: Rows | null;
  /** frame × 2, (dy, dx) px: where the content was displaced to; + down and right. */
  readonly shifts?: Rows | null;
  /** What was applied or decided when it was read, a sentence each; the report repeats them. */
  readonly notes?: readonly string[];
  /** Where it comes from, such as a file: begins the sentences of errors about it. */
  readonly source?: string;
}

/**
 * The same light gives the same stack, whatever the form.
 * @throws RangeError with a sentence for footprints that contradict themselves or do not lie on the field of view.
 */
export function footprintStack(
  footprints: EstimateInput["footprints"],
  fov: Canvas,
): FootprintStack {
  if (typeof footprints !== "object" || footprints === null) {
    throw new RangeError(
      `footprints must be patches, images or a sparse matrix, not ${shown(footprints)}.`,
    );
  }
  if ("at" in footprints && "canvas" in footprints) return fromPatches(footprints, fov);
  if ("indptr" in footprints) return fromSparse(footprints, fov);
  if ("shape" in footprints && "data" in footprints) return fromDense(footprints, fov);
  throw new RangeError(
    "footprints must be patches (canvas, length, at), images (shape, data) or a sparse matrix (format, shape, indptr, indices, data).",
  );
}

function fromPatches(footprints: Footprints, fov: Canvas): FootprintStack {
  const { canvas, length } = footprints;
  if (canvas.height !== fov.height || canvas.width !== fov.width) {
    throw new RangeError(
      `footprints are ${canvas.height} × ${canvas.width} px, the field of view ${fov.height} × ${fov.width}.`,
    );
  }
  if (footprints instanceof FootprintStack) return footprints;
  const patches = Array.from({ length }, (_, i) => {
    const patch = footprints.at(i);
    return { ...patch, data: Float32Array.from(patch.data) };
  });
  return FootprintStack.from(patches, fov);
}

function fromDense(images: DenseFootprints, fov: Canvas): FootprintStack {
  const { shape, data } = images;
  const [count, height, width] = shape;
  if (shape.length !== 3 || height !== fov.height || width !== fov.width) {
    throw new RangeError(
      `footprints have shape [${Array.from(shape).join(", ")}]; images on this field of view have [n, ${fov.height}, ${fov.width}].`,
    );
  }
  if (data.length !== count! * height * width || !isRowMajor(images)) {
    throw new RangeError(
      `footprints must hold the ${count} × ${height} × ${width} values of their shape in row-major order, without gaps.`,
    );
  }
  return FootprintStack.fromDense(data, fov);
}

/** An ndarray says how it is laid out; a plain array of values is row-major. */
function isRowMajor({ shape, ...layout }: DenseFootprints): boolean {
  const { stride, offset = 0 } = layout as { stride?: readonly number[]; offset?: number };
  if (stride === undefined) return true;
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (stride[axis] !== step) return false;
    step *= shape[axis]!;
  }
  return offset === 0;
}

function fromSparse(matrix: SparseFootprints, fov: Canvas): FootprintStack {
  const { format, rows = "units", pixel_order = "C" } = matrix;
  if (format !== "csr" && format !== "csc") {
    throw new RangeError(`footprints.format must be "csr" or "csc", not ${shown(format)}.`);
  }
  if (!["units", "pixels"].includes(rows) || !["C", "F"].includes(pixel_order)) {
    throw new RangeError(
      `footprints.rows must be "units" or "pixels" and footprints.pixel_order "C" or "F", not ${shown(rows)} and ${shown(pixel_order)}.`,
    );
  }
  const layout = { rows, pixelOrder: pixel_order };
  return format === "csr"
    ? FootprintStack.fromCsr(matrix, fov, layout)
    : FootprintStack.fromCsc(matrix, fov, layout);
}

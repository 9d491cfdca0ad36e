// Footprints out of a matrix: flat images, dense or sparse, or one image of labels.
import type { Footprints } from "@minisim/scoring";
import { stackOf } from "./image-footprints.ts";
import { labelFootprints } from "./label-image.ts";
import { type FlatFootprints, orderByShape, type PixelOrder, patchesOf } from "./pixel-order.ts";
import type { Field, Reading } from "./reading.ts";
import { flatFootprints, type SparseMatrix } from "./sparse-matrix.ts";

export interface FlatSettings {
  readonly pixel_order: "auto" | PixelOrder;
}

type Refuse = (problem: string) => never;

/**
 * What makes footprints of a matrix of this shape on a field of view. `unitCounts`: how many units the traces may be of; null
 * without traces. `refuse` throws the sentence that ends so.
 */
export function planFlat(
  shape: readonly [rows: number, columns: number],
  field: Field,
  unitCounts: readonly number[] | null,
  { pixel_order }: FlatSettings,
  reading: Reading,
  refuse: Refuse,
): (data: ArrayLike<number> | SparseMatrix) => Footprints {
  const { height, width } = field;
  const [rows, columns] = shape;
  if ((rows === height && columns === width) || (rows === width && columns === height)) {
    return (data) => {
      if ("format" in data) return refuse("is a sparse image, not footprints");
      return labelFootprints(data, { height: rows, width: columns }, reading, refuse);
    };
  }
  const pixels = height * width;
  const axes = ([0, 1] as const).filter(
    (axis) => shape[1 - axis] === pixels && (unitCounts?.includes(shape[axis]!) ?? true),
  );
  const [unitAxis] = axes;
  if (unitAxis === undefined || axes.length > 1) {
    return refuse(
      `is neither unit × ${pixels} pixels, ${pixels} pixels × unit nor an image of labels of ${height} × ${width}`,
    );
  }
  const problem = reading.unitProblem(shape[unitAxis]!);
  if (problem) return refuse(problem);
  return (data) => {
    const flat =
      "format" in data
        ? flatFootprints(data, shape, unitAxis, (member, what) =>
            refuse(`has a member ${member} that ${what}`),
          )
        : flatOfDense(data, shape, unitAxis);
    return stackOf(
      field,
      patchesOf(flat, field, orderOf(flat, field, unitAxis, pixel_order, reading)),
    );
  };
}

function orderOf(
  flat: FlatFootprints,
  field: Field,
  unitAxis: 0 | 1,
  setting: "auto" | PixelOrder,
  reading: Reading,
): PixelOrder {
  if (setting !== "auto") return setting;
  const told = orderByShape(flat, field);
  const order = told ?? (unitAxis === 0 ? "C" : "F");
  const along = order === "C" ? "along the rows" : "down the columns";
  const why = told
    ? "so the footprints hold together"
    : `the habit with ${unitAxis === 0 ? "unit × pixels" : "pixels × unit"}, for nothing tells; the setting pixel_order chooses`;
  reading.note(`Pixels of the flat footprints are numbered ${along} (order ${order}): ${why}.`);
  return order;
}

function flatOfDense(
  values: ArrayLike<number>,
  shape: readonly [number, number],
  unitAxis: 0 | 1,
): FlatFootprints {
  const [units, count] = unitAxis === 0 ? shape : [shape[1], shape[0]];
  const [unitStride, pixelStride] = unitAxis === 0 ? [count, 1] : [1, units];
  const starts = new Int32Array(units + 1);
  const pixels: number[] = [];
  const weights: number[] = [];
  for (let unit = 0; unit < units; unit++) {
    for (let pixel = 0; pixel < count; pixel++) {
      const weight = values[unit * unitStride + pixel * pixelStride]!;
      if (!(weight > 0)) continue;
      pixels.push(pixel);
      weights.push(weight);
    }
    starts[unit + 1] = pixels.length;
  }
  return { starts, pixels, weights };
}

// The ground truth as plain arrays, row by row: what .npz and folders of .npy hold.
import type { GroundTruth } from "@minisim/recording";
import { bytesOf } from "./stream.ts";

export interface TruthArray {
  readonly name: string;
  /** As NumPy writes the type. */
  readonly descr: string;
  readonly shape: readonly number[];
  /** The data in row-major order, in parts. */
  parts(): Iterable<Uint8Array>;
}

/**
 * Every field that the ground truth has, under its own name; A: the observed footprints (unit × height × width), if wanted; the planted ones as
 * patches on the canvas; spike times and their offsets. No more than a unit's rows is in memory at a time.
 */
export function truthArrays(
  truth: GroundTruth,
  { denseFootprints }: { readonly denseFootprints: boolean },
): TruthArray[] {
  const { planted, spike_times_s, fov_offset, fov_shape, focal_depth_um, n_units } = truth;
  const fields = [...truth.fields.values()].map((field): TruthArray => {
    const { name, dtype, shape } = field;
    const descr = dtype === "bool" ? "|b1" : "<f8";
    const parts = () => eachRow(shape[0] ?? 1, (row) => field.rows(row, row + 1));
    return { name, descr, shape, parts };
  });
  return [
    ...(denseFootprints ? [observedFootprints(truth)] : []),
    ...fields,
    whole("planted_offsets", "<i4", [n_units, 2], planted.offsets),
    whole("planted_shapes", "<i4", [n_units, 2], planted.shapes),
    whole("planted_data", "<f4", [planted.data.length], planted.data),
    whole("canvas_shape", "<i4", [2], Int32Array.of(planted.canvas.height, planted.canvas.width)),
    whole("fov_offset", "<i4", [2], Int32Array.from(fov_offset)),
    whole("fov_shape", "<i4", [2], Int32Array.from(fov_shape)),
    whole("spike_times_offsets", "<i4", [n_units + 1], spike_times_s.offsets),
    whole("spike_times_s", "<f8", [spike_times_s.data.length], spike_times_s.data),
    ...(focal_depth_um === null
      ? []
      : [whole("focal_depth_um", "<f8", [], Float64Array.of(focal_depth_um))]),
  ];
}

/** Bytes of an array's data. */
export const dataBytes = ({ descr, shape }: TruthArray): number =>
  shape.reduce((items, length) => items * length, Number(descr.slice(2)));

function observedFootprints({
  observed_footprints,
  fov_offset,
  fov_shape,
}: GroundTruth): TruthArray {
  const [top, left] = fov_offset;
  const [height, width] = fov_shape;
  const units = observed_footprints.length;
  const image = (unit: number) =>
    observed_footprints.select([unit]).toDense({ top, left, height, width });
  return {
    name: "A",
    descr: "<f4",
    shape: [units, height, width],
    parts: () => eachRow(units, image),
  };
}

function whole(
  name: string,
  descr: string,
  shape: readonly number[],
  data: ArrayBufferView,
): TruthArray {
  return { name, descr, shape, parts: () => [bytesOf(data)] };
}

function* eachRow(count: number, row: (index: number) => ArrayBufferView): Generator<Uint8Array> {
  for (let index = 0; index < count; index++) yield bytesOf(row(index));
}

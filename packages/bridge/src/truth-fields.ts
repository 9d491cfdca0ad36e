// The ground truth as a list of arrays with dimensions, unit and meaning: its fields; its footprints, spike times and coordinates in the same form.
import {
  COORDINATES,
  type CoordinateName,
  coordinatesOf,
  type GroundTruth,
} from "@minisim/recording";
import type { Spec } from "@minisim/spec";
import { itemsOf, WireArray, type WireDtype } from "./wire-array.ts";

/** What a client learns before it asks for values. */
export interface TruthFieldInfo {
  readonly name: string;
  readonly dims: readonly string[];
  readonly dtype: WireDtype;
  readonly unit: string;
  readonly description: string;
  readonly shape: readonly number[];
}

export interface WireField extends TruthFieldInfo {
  /** Rows start … end − 1 along the first dimension. */
  rows(start: number, end: number): WireArray;
}

export function wireFields(truth: GroundTruth): WireField[] {
  const fields = [...truth.fields.values()].map((field): WireField => {
    const { name, dims, dtype, unit, description, shape } = field;
    return {
      ...{ name, dims, dtype, unit, description, shape },
      rows: (start, end) =>
        new WireArray(field.rows(start, end), [end - start, ...shape.slice(1)], dtype),
    };
  });
  return [...fields, ...footprintFields(truth), ...spikeFields(truth)];
}

function footprintFields(truth: GroundTruth): WireField[] {
  const [height, width] = truth.fov_shape;
  const [top, left] = truth.fov_offset;
  const window = { top, left, height, width };
  const field = (name: string, description: string, stackOf: () => GroundTruth["planted"]) => ({
    ...{ name, description, unit: "1", dtype: "float32" as const },
    dims: ["unit", "height", "width"],
    shape: [truth.n_units, height, width],
    rows(start: number, end: number) {
      const units = Array.from({ length: end - start }, (_, i) => start + i);
      const images = stackOf().select(units).toDense(window);
      return new WireArray(images, [end - start, height, width]);
    },
  });
  return [
    field("A_planted", "Footprints before the optics, on the field of view.", () => truth.planted),
    field(
      "A_observed",
      "Footprints as the optics deliver them, on the field of view.",
      () => truth.observed_footprints,
    ),
  ];
}

function spikeFields({ spike_times_s: { offsets, data } }: GroundTruth): WireField[] {
  const units = new Int32Array(data.length);
  for (let unit = 0; unit + 1 < offsets.length; unit++) {
    units.fill(unit, offsets[unit]!, offsets[unit + 1]!);
  }
  const field = (
    name: string,
    unit: string,
    description: string,
    values: Float64Array | Int32Array,
  ) => ({
    ...{ name, unit, description, dims: ["spike"], shape: [values.length] },
    dtype: values instanceof Int32Array ? ("int32" as const) : ("float64" as const),
    rows: (start: number, end: number) => new WireArray(values.subarray(start, end), [end - start]),
  });
  return [
    field("spike_time_s", "s", "Spike times from the start of frame 0, cell by cell.", data),
    field("spike_unit", "1", "The cell that fires each spike.", units),
  ];
}

/** The places along dimensions, in the same form. */
export const coordinateFields = (spec: Spec, truth: GroundTruth): WireField[] =>
  Object.entries(coordinatesOf(spec, truth)).map(([name, values]) => {
    const { dim, unit, description } = COORDINATES[name as CoordinateName];
    return {
      ...{ name, unit, description, dims: [dim], shape: [values.length] },
      dtype: "float64" as const,
      rows: (start, end) => new WireArray(values.subarray(start, end), [end - start]),
    };
  });

export const rowBytes = ({ shape }: TruthFieldInfo): number => 8 * itemsOf(shape.slice(1));

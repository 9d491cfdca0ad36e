// The arrays of a ground truth in a store: its table of fields, and the parts of its two sparse members.
import { FIELD_NAMES, GROUND_TRUTH_FIELDS } from "@minisim/recording";
import type { Dtype } from "./dtype.ts";

export const TRUTH = "ground_truth";
/** Groups of arrays that are no dataset of their own dimensions. */
export const PLANTED = `${TRUTH}/planted`;
export const SPIKE_TIMES = `${TRUTH}/spike_times_s`;

export interface TruthField {
  readonly dtype: Dtype;
  readonly dims: readonly string[];
  readonly unit: string;
  readonly description: string;
  /** False when the array may be absent. */
  readonly always: boolean;
}

/** By path in the store. */
export const TRUTH_FIELDS: ReadonlyMap<string, TruthField> = new Map<string, TruthField>([
  ...FIELD_NAMES.map((name): [string, TruthField] => [
    `${TRUTH}/${name}`,
    GROUND_TRUTH_FIELDS[name],
  ]),
  [
    `${PLANTED}/offsets`,
    part("int32", ["unit", "axis_yx"], "px", "Row and column of each patch's first canvas pixel."),
  ],
  [
    `${PLANTED}/shapes`,
    part("int32", ["unit", "axis_yx"], "px", "Height and width of each unit's patch."),
  ],
  [
    `${PLANTED}/data`,
    part("float32", ["patch_pixel"], "1", "The pixels of all patches one after another."),
  ],
  [
    `${SPIKE_TIMES}/offsets`,
    part("int32", ["unit_bound"], "1", "Unit i owns data[offsets[i] : offsets[i + 1]]."),
  ],
  [
    `${SPIKE_TIMES}/data`,
    part(
      "float64",
      ["spike"],
      "s",
      "Times of all spikes, unit by unit, from the start of frame 0.",
    ),
  ],
]);

function part(
  dtype: Dtype,
  dims: readonly string[],
  unit: string,
  description: string,
): TruthField {
  return { dtype, dims, unit, description, always: true };
}

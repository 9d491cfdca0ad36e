// The arrays that the ground truth of every store has, or may have: what the scene knows, and the parts of its two sparse members. What
// steps left stands beside them, described by its own metadata.
import { ALWAYS_FIELDS, CORE_FIELDS } from "@minisim/recording";
import type { Dtype } from "./dtype.ts";

export const TRUTH = "ground_truth";
/** Groups of arrays that are no dataset of their own dimensions. */
export const PLANTED = `${TRUTH}/planted`;
export const SPIKE_TIMES = `${TRUTH}/spike_times_s`;

export interface KnownField {
  readonly dtype: Dtype;
  readonly dims: readonly string[];
  readonly unit: string;
  readonly description: string;
}

/** By path in the store. */
export const PARTS: ReadonlyMap<string, KnownField> = new Map<string, KnownField>([
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

/** Types and dimensions that arrays of these paths must have where they are. */
export const KNOWN_FIELDS: ReadonlyMap<string, KnownField> = new Map<string, KnownField>([
  ...Object.entries(CORE_FIELDS).map(([name, field]) => [`${TRUTH}/${name}`, field] as const),
  ...PARTS,
]);

/** Paths of the arrays that no store lacks. */
export const ALWAYS_THERE: ReadonlySet<string> = new Set([
  ...Object.keys(ALWAYS_FIELDS).map((name) => `${TRUTH}/${name}`),
  ...PARTS.keys(),
]);

function part(
  dtype: Dtype,
  dims: readonly string[],
  unit: string,
  description: string,
): KnownField {
  return { dtype, dims, unit, description };
}

// Plan + rendered movie → Recording.
import type { Plan } from "@minisim/pipeline";
import {
  type FrameSource,
  type MovieNdArray,
  nd,
  Recording,
  type StageMovie,
} from "@minisim/recording";
import { groundTruth } from "./truth.ts";

export interface Movie {
  /** frame × height × width values, row-major, in the narrowest type that holds them. */
  readonly data: Uint8Array | Uint16Array | Float32Array;
  readonly frames: number;
}

export interface FinalizeExtras {
  readonly snapshots?: Readonly<Record<string, StageMovie>>;
  readonly source?: FrameSource;
}

/**
 * Distils an exhausted scene into a frozen, typed Recording: `observed` in the float container of output.store_dtype,
 * and the ground truth of all that reaches the field of view.
 */
export function finalize(plan: Plan, movie: Movie, extras: FinalizeExtras = {}): Recording {
  const { fov } = plan.program.geometry;
  return new Recording({
    spec: plan.spec,
    observed: inContainer(movie, [fov.height, fov.width], plan.spec.output.store_dtype),
    ground_truth: groundTruth(plan),
    warnings: plan.warnings,
    ...extras,
  });
}

function inContainer(
  { data, frames }: Movie,
  size: readonly number[],
  dtype: "float32" | "float64",
): MovieNdArray {
  const shape = [frames, ...size];
  if (dtype === "float64") return nd(Float64Array.from(data), shape);
  return nd(data instanceof Float32Array ? data : Float32Array.from(data), shape);
}

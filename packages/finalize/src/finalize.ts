// Plan + rendered movie → Recording.
import type { Plan } from "@minisim/pipeline";
import {
  type FrameSource,
  type MovieNdArray,
  nd,
  Recording,
  type StageMovie,
} from "@minisim/recording";
import type { Container } from "@minisim/spec";
import { groundTruth } from "./truth.ts";

export interface Movie {
  /** frame × height × width values, row-major, in the narrowest type that holds them. */
  readonly data: Uint8Array | Uint16Array | Float32Array;
  readonly frames: number;
  /** The narrowest number type that holds the values; that of the data where absent. */
  readonly container?: Container;
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
    cache_key: plan.cache_key,
    step_revisions: plan.step_revisions,
    step_packages: plan.step_packages,
    container: movie.container ?? containerOf(movie.data),
    observed: inFloats(movie, [fov.height, fov.width], plan.spec.output.store_dtype),
    ground_truth: groundTruth(plan),
    warnings: plan.warnings,
    ...extras,
  });
}

function containerOf(data: Movie["data"]): Container {
  if (data instanceof Uint8Array) return "uint8";
  return data instanceof Uint16Array ? "uint16" : "float32";
}

function inFloats(
  { data, frames }: Movie,
  size: readonly number[],
  dtype: "float32" | "float64",
): MovieNdArray {
  const shape = [frames, ...size];
  if (dtype === "float64") return nd(Float64Array.from(data), shape);
  return nd(data instanceof Float32Array ? data : Float32Array.from(data), shape);
}

// What a sweep will cost, from a few frames of its first point rendered for the purpose.
import { containerOf } from "@minisim/render";
import { BYTES_PER_PIXEL, geometryOf, windowOf } from "@minisim/spec";
import { compileFirstPart, measureFrames } from "minisim";
import type { Sweep } from "./sweep.ts";

export interface EstimateOptions {
  /** Cores that the simulations will have. Default 1. */
  readonly workers?: number;
  /** Whether a recording is there already, by its cache key. */
  readonly isCached?: (cacheKey: string) => boolean;
  readonly signal?: AbortSignal;
}

export interface CostEstimate {
  readonly points: number;
  /** Recordings that are not cached. The numbers below are about them alone. */
  readonly points_to_simulate: number;
  readonly frames: number;
  /** The size of all movies as they decode. */
  readonly decoded_bytes: number;
  /** The size of all movies on disk, at the compression of the measured frames. The ground truth comes on top. */
  readonly stored_bytes: number;
  /** The time of the simulations. What is done with a recording comes on top. */
  readonly expected_s: number;
  /** What the expectation stands on. */
  readonly measured: {
    /** Rendered and encoded, of the first point to simulate. */
    readonly frames: number;
    readonly height: number;
    readonly width: number;
    /** One core, frames of that size, rendered and encoded. */
    readonly frames_per_s: number;
    /** The time from a spec to its first frame, and that of the ground truth; of a long recording, as its first part lets expect. */
    readonly setup_s: number;
  } | null;
}

/**
 * Measures the first point that has to be simulated, and scales by pixels and frames: other numbers of cells cost more or less than that.
 * Expects `workers` cores to be used fully.
 */
export async function estimateCost(
  { variants, simulator }: Sweep,
  { workers = 1, isCached = () => false, signal }: EstimateOptions = {},
): Promise<CostEstimate> {
  // Points that differ in the evaluation alone have one recording.
  const recordings = [...new Map(variants.map((one) => [one.cache_key, one])).values()];
  const todo = recordings.filter(({ cache_key }) => !isCached(cache_key));
  const sizes = todo.map(({ spec }) => {
    const { n_frames } = geometryOf(spec.acquisition);
    const { height, width } = windowOf(spec.acquisition);
    return { n_frames, pixels: n_frames * height * width };
  });
  const [first] = todo;
  const frames = sizes.reduce((sum, { n_frames }) => sum + n_frames, 0);
  const pixels = sizes.reduce((sum, size) => sum + size.pixels, 0);
  const none = { points: variants.length, points_to_simulate: todo.length, frames };
  if (!first) return { ...none, decoded_bytes: 0, stored_bytes: 0, expected_s: 0, measured: null };

  const { plan, times, compile_s } = compileFirstPart(first.spec, simulator, signal);
  const cost = await measureFrames(plan, { signal });
  const { fov } = plan.program.geometry;
  const container = containerOf(plan.program);
  const setup_s = times * compile_s + cost.warm_up_s;
  const area = fov.height * fov.width;
  const per = (value: number) => (area === 0 ? 0 : value / area);
  return {
    ...none,
    decoded_bytes: pixels * BYTES_PER_PIXEL[container],
    stored_bytes: Math.round(per(cost.bytes) * pixels),
    expected_s: todo.length * setup_s + (pixels * per(cost.seconds)) / Math.max(1, workers),
    measured: {
      frames: cost.frames,
      height: fov.height,
      width: fov.width,
      frames_per_s: cost.seconds === 0 ? 0 : 1 / cost.seconds,
      setup_s,
    },
  };
}

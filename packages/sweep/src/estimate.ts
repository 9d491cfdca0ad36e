// What a sweep will cost, from a few frames of its first point rendered for the purpose.
import { containerOf, render } from "@minisim/render";
import { geometryOf } from "@minisim/spec";
import { encodeMovieChunk, type FrameData } from "@minisim/store";
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
  /** Those whose recording is not cached. The numbers below are about them alone. */
  readonly points_to_simulate: number;
  readonly frames: number;
  /** Of all movies as they decode. */
  readonly decoded_bytes: number;
  /** Of all movies on disk, at the compression of the measured frames; the ground truth comes on top. */
  readonly stored_bytes: number;
  /** Of simulation; what is done with a recording comes on top. */
  readonly expected_s: number;
  /** What the expectation stands on. */
  readonly measured: {
    /** Rendered and encoded, of the first point to simulate. */
    readonly frames: number;
    readonly height: number;
    readonly width: number;
    /** One core, frames of that size, rendered and encoded. */
    readonly frames_per_s: number;
    /** From a spec to its first frame, and the ground truth. */
    readonly setup_s: number;
  } | null;
}

const BLOCK = 8;
/** The first block warms up. */
const BLOCKS = 3;

/**
 * Measures the first point that has to be simulated, and scales by pixels and frames: other numbers of cells cost more or less than that.
 * Expects `workers` cores to be used fully.
 */
export async function estimateCost(
  { variants, simulator }: Sweep,
  { workers = 1, isCached = () => false, signal }: EstimateOptions = {},
): Promise<CostEstimate> {
  const todo = variants.filter(({ cache_key }) => !isCached(cache_key));
  const sizes = todo.map(({ spec }) => {
    const { n_frames, fov } = geometryOf(spec.acquisition);
    return { n_frames, pixels: n_frames * fov.height * fov.width };
  });
  const [first] = todo;
  const frames = sizes.reduce((sum, { n_frames }) => sum + n_frames, 0);
  const pixels = sizes.reduce((sum, size) => sum + size.pixels, 0);
  const none = { points: variants.length, points_to_simulate: todo.length, frames };
  if (!first) return { ...none, decoded_bytes: 0, stored_bytes: 0, expected_s: 0, measured: null };

  const started = performance.now();
  const plan = simulator.compile(first.spec, signal && { signal });
  const { n_frames, fov } = plan.program.geometry;
  const container = containerOf(plan.program);
  const wanted = Array.from({ length: Math.min(n_frames, BLOCK * BLOCKS) }, (_, frame) => frame);
  let setup = 0;
  let last = started;
  let timed = 0;
  let spent = 0;
  let encoded = 0;
  let done = 0;
  for await (const block of render(plan.program, { frames: wanted, blockFrames: BLOCK })) {
    signal?.throwIfAborted();
    const bytes = await encode(block.data, [block.frames.length, fov.height, fov.width], container);
    const now = performance.now();
    if (done === 0) setup = now - last;
    // A single block is all there is to measure.
    if (done > 0 || wanted.length <= BLOCK) {
      spent += now - last;
      timed += block.frames.length;
    }
    last = now;
    encoded += bytes;
    done += block.frames.length;
  }
  const frame_s = timed === 0 ? 0 : spent / 1000 / timed;
  const setup_s = Math.max(setup / 1000 - frame_s * Math.min(BLOCK, wanted.length), 0);
  const area = fov.height * fov.width;
  const pixel_s = area === 0 ? 0 : frame_s / area;
  const itemBytes = { uint8: 1, uint16: 2, float32: 4 }[container];
  return {
    ...none,
    decoded_bytes: pixels * itemBytes,
    stored_bytes: Math.round((encoded / Math.max(done * area, 1)) * pixels),
    expected_s: todo.length * setup_s + (pixels * pixel_s) / Math.max(1, workers),
    measured: {
      frames: timed,
      height: fov.height,
      width: fov.width,
      frames_per_s: frame_s === 0 ? 0 : 1 / frame_s,
      setup_s,
    },
  };
}

async function encode(
  data: FrameData,
  shape: readonly [number, number, number],
  dtype: "uint8" | "uint16" | "float32",
): Promise<number> {
  const layout = { path: "observed", shape, dtype, chunkRows: shape[0] };
  return (await encodeMovieChunk(layout, 0, data)).length;
}

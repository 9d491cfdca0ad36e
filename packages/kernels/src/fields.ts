// One-call forms of two verbs for code that runs once per recording: plain arrays in and out, arenas inside.
import type { Arena } from "./arena.ts";
import { createKernels } from "./create-kernels.ts";
import { gaussianTaps } from "./gaussian.ts";
import type { Kernels } from "./kernels.ts";
import type { Edge, FrameShape, NoiseWindow, PhiloxKey } from "./operands.ts";

/**
 * A height × width field low-passed by the Gaussian of `gaussianTaps(sigmaPx)`. Computed in float32.
 * Throws a RangeError when sigma is negative or not finite, or the data too short for the shape.
 */
export function blurField(
  data: ArrayLike<number>,
  shape: FrameShape,
  sigmaPx: number,
  edge: Edge,
): Float64Array {
  const { taps } = gaussianTaps(sigmaPx);
  const nPixels = shape.height * shape.width;
  if (nPixels === 0) return new Float64Array(0);
  return withArena((kernels, arena) => {
    const source = arena.f32(data.length).set(data);
    const target = arena.f32(nPixels);
    const window = { top: 0, left: 0, height: shape.height, width: shape.width };
    kernels.blur(source, shape, arena.f32(taps.length).set(taps), target, window, edge);
    return new Float64Array(target.view());
  });
}

/** Standard normals of a rows × cols window; the one at a given (row, col) is the same in every window of the key. */
export function normalField(window: NoiseWindow, key: PhiloxKey): Float64Array {
  return withArena((kernels, arena) => {
    const target = arena.f32(window.rows * window.cols);
    kernels.normals(target, window, key);
    return new Float64Array(target.view());
  });
}

let shared: Kernels | undefined;

function withArena<Result>(work: (kernels: Kernels, arena: Arena) => Result): Result {
  shared ??= createKernels();
  const arena = shared.arena();
  try {
    return work(shared, arena);
  } finally {
    arena.release();
  }
}

// Frame verbs in WebAssembly SIMD, the arenas they work on, and the Gaussian kernel of every blur.
export type { Arena, ArenaArray, F32, I32, U8, U16 } from "./arena.ts";
export { type BlurSizes, blurOperations } from "./blur-operations.ts";
export { createKernels } from "./create-kernels.ts";
export { blurField, normalField } from "./fields.ts";
export { type GaussianTaps, gaussianRadius, gaussianTaps } from "./gaussian.ts";
export type * from "./kernels.ts";
export type * from "./operands.ts";
export {
  coarseGrid,
  type SplineAxis,
  type SplineLine,
  splineAxis,
  splineLines,
} from "./spline.ts";

// Sparse footprints: patches on a canvas, their blur, crops, and dense and compressed views.
export type { CompressedMatrix } from "./compressed.ts";
export { degradeFootprint } from "./degrade.ts";
export {
  boxOf,
  cropFootprint,
  type Footprint,
  footprintFromDense,
  trimFootprint,
} from "./footprint.ts";
export type { CompressedInput, MatrixLayout } from "./from-views.ts";
export { type Canvas, intersect, type Window } from "./geometry.ts";
export {
  innerProduct,
  innerProductWithImage,
  meet,
  type PixelRectangle,
  sumOfProducts,
} from "./inner-product.ts";
export { FootprintStack, isFootprintStack } from "./stack.ts";
export type { StackArrays } from "./validate.ts";

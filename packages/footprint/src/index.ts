// Sparse footprints: patches on a canvas, their blur, crops, and dense and compressed views.
export type { CompressedMatrix } from "./compressed.ts";
export { degradeFootprint } from "./degrade.ts";
export { cropFootprint, type Footprint, footprintFromDense } from "./footprint.ts";
export type { CompressedInput, MatrixLayout } from "./from-views.ts";
export type { Canvas, Window } from "./geometry.ts";
export { FootprintStack } from "./stack.ts";
export type { StackArrays } from "./validate.ts";

export { DETECTABLE_DPRIME } from "./detection.ts";
export { type FinalizeExtras, finalize, type Movie } from "./finalize.ts";
export { cellsInView, groundTruth } from "./truth.ts";

export { type FinalizeExtras, finalize, type Movie } from "./finalize.ts";
export { groundTruth } from "./truth.ts";

export { type ConformanceOptions, conformance } from "./conformance.ts";
export { digest } from "./digest.ts";
export type { Needs } from "./stand-ins.ts";

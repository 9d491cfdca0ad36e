export { type ConformanceOptions, conformance } from "./conformance.ts";
export { digest } from "./node-digest.ts";
export type { Announces, Needs } from "./stand-ins.ts";

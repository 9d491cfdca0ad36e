export { conformance } from "./conformance.ts";
export { digest } from "./node-digest.ts";
export type { ConformanceOptions, SeenFrame, Shown } from "./options.ts";
export type { Announces, Needs } from "./stand-ins.ts";

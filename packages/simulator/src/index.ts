export { type ClippingOptions, withClippingWarnings } from "./clipping.ts";
export { type LiveOptions, liveRecording } from "./live-recording.ts";
export { type NoiselessRecordings, noiselessRecordings } from "./noiseless-recordings.ts";
export type { SimulateOptions } from "./options.ts";
export { type Reach, reachOf } from "./reach.ts";
export { createSimulator, type Simulator } from "./simulator.ts";

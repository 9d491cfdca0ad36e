// The umbrella: a simulator with the built-in steps, and what one needs around it.
import { builtin } from "./builtin.ts";
import { builtinSteps } from "./steps.ts";

/** Parses and describes specs that use the built-in steps. */
export const Spec = builtin.Spec;
/** A spec with some fields changed, steps added or left out, by dotted path. */
export const vary = builtin.Spec.vary;
/** Everything before the first pixel: scene, truth, frame program. */
export const compile = builtin.compile;
/** Spec → Recording, in memory. */
export const simulate = builtin.simulate;

export { finalize, groundTruth } from "@minisim/finalize";
export { facts, slots } from "@minisim/pipeline";
export {
  type BuildOptions,
  buildSpec,
  preset,
  presetNames,
  regions,
  scopes,
} from "@minisim/presets";
export { GroundTruth, Recording, type StageMovie } from "@minisim/recording";
export { type FrameBlock, type RenderOptions, render } from "@minisim/render";
export { createSimulator, type SimulateOptions, type Simulator } from "@minisim/simulator";
export { formatIssue, SpecError } from "@minisim/spec";
export { type RecordingCost, recordingCost } from "./estimate.ts";
export { storeHeader } from "./header.ts";
export { type FrameCost, measureFrames } from "./measure-frames.ts";
export { builtinSteps };

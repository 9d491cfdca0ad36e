// The umbrella: a simulator with the built-in steps, and what one needs around it.
import type { Simulator } from "@minisim/simulator";
import type { SpecFactory, SpecInput as SpecInputOf, Spec as SpecOf } from "@minisim/spec";
import { type BuiltinSteps, builtin, type StepInput } from "./builtin.ts";
import { builtinSteps } from "./steps.ts";

/** Parses and describes specs that use the built-in steps. */
export const Spec: SpecFactory<BuiltinSteps> = builtin.Spec;
/** A parsed spec: complete and frozen. */
export type Spec = SpecOf<BuiltinSteps>;
/** A spec as written: everything that has a default may be left out. */
export type SpecInput = SpecInputOf<BuiltinSteps>;
/** A spec with some fields changed, steps added or left out, by dotted path. */
export const vary: SpecFactory<BuiltinSteps>["vary"] = builtin.Spec.vary;
/** A spec of the first edition, or of the Python program, in today's words: the same expected light, and what was converted. */
export const migrate: SpecFactory<BuiltinSteps>["migrate"] = builtin.Spec.migrate;
/** Everything before the first pixel: scene, truth, frame program. */
export const compile: Simulator<BuiltinSteps>["compile"] = builtin.compile;
/** Spec → Recording, in memory. */
export const simulate: Simulator<BuiltinSteps>["simulate"] = builtin.simulate;

export { finalize, groundTruth } from "@minisim/finalize";
export type { FootprintStack } from "@minisim/footprint";
export {
  type CompileOptions,
  type FrameProgram,
  facts,
  type Plan,
  type StageInfo,
  type StepDefinition,
  slots,
} from "@minisim/pipeline";
export {
  type BoolNdArray,
  type FieldToken,
  type Float64NdArray,
  type FrameRange,
  GroundTruth,
  type MovieBlock,
  type MovieNdArray,
  type Ragged,
  type Recorded,
  Recording,
  type RecordingWarning,
  type StageMovie,
  type TruthField,
} from "@minisim/recording";
export { type FrameBlock, type FrameData, type RenderOptions, render } from "@minisim/render";
export {
  createSimulator,
  type LiveOptions,
  liveRecording,
  type NoiselessRecordings,
  noiselessRecordings,
  type SimulateOptions,
  type Simulator,
  withClippingWarnings,
} from "@minisim/simulator";
export {
  type Acquisition,
  type AcquisitionInput,
  type Container,
  type ErrorKind,
  formatIssue,
  type Issue,
  type JsonSchema,
  type Migration,
  type Output,
  type OutputInput,
  type ParsedSpec,
  type Path,
  type Problem,
  type Severity,
  SpecError,
  type SpecFactory,
  type SpecResult,
} from "@minisim/spec";
export type { MovieInfo, SnapshotInfo, StoreHeader, StoreWarning } from "@minisim/store";
export { forecastCost, type RecordingCost, recordingCost } from "./estimate.ts";
export { compileFirstPart, type FirstPart } from "./first-part.ts";
export { storeHeader } from "./header.ts";
export { type FrameCost, measureFrames } from "./measure-frames.ts";
export { planOfStored } from "./plan-of-stored.ts";
export {
  type BuildOptions,
  buildSpec,
  neitherFileNorPreset,
  type PresetEntry,
  preset,
  presetNames,
  presets,
} from "./presets/build-spec.ts";
export { type Region, type RegionName, regions } from "./presets/regions.ts";
export { type Scope, type ScopeName, scopes } from "./presets/scopes.ts";
export {
  type Distribution,
  type LightSummary,
  type RecordingSummary,
  summarize,
} from "./summary.ts";
export { type BuiltinSteps, builtin, builtinSteps, type StepInput };

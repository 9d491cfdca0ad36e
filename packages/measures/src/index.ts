// Statistics of a movie, the same for simulated and real recordings.
export { InputError } from "@minisim/spec/input";
export { type Comparison, compare, type RecordingMeasures, readReferences } from "./compare.ts";
export { type MeasureOptions, type Measures, measure, type Pictures } from "./measure.ts";
export type { Levels } from "./measures/levels.ts";
export { type MeanFrame, powerByOctave } from "./measures/mean-frame.ts";
export type { PatternNoise } from "./measures/pattern-noise.ts";
export type { PhotonTransfer } from "./measures/photon-transfer.ts";
export type { VarianceShares } from "./measures/variance-shares.ts";
export type { Quantiles } from "./median.ts";
export { type Movie, movieOf } from "./movie.ts";
export { REFERENCES, type Reference } from "./reference.ts";
export { type Binning, binned, withoutStripes } from "./transform.ts";
export type { ActivityMeasures } from "./truth/activity.ts";
export type { FootprintMeasures } from "./truth/footprints.ts";
export { type LightMeasures, type LightParts, measureLight } from "./truth/light.ts";
export { measureTruth, type TruthMeasures } from "./truth/measure-truth.ts";

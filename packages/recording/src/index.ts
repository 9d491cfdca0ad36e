// @minisim/recording: what a simulation leaves.
export {
  type BoolNdArray,
  type ComputedRows,
  type Float64NdArray,
  type MovieNdArray,
  moviePixels,
  nd,
  rowMajor,
  takeRows,
} from "./array.ts";
export {
  type CompareMoviesOptions,
  compareMovies,
  type MovieDifference,
} from "./compare/movies.ts";
export { compareTruths, type TruthDifference } from "./compare/truths.ts";
export { COORDINATES, type CoordinateName, coordinatesOf } from "./coordinates.ts";
export {
  ALWAYS_FIELDS,
  CORE_FIELDS,
  type CoreFieldName,
  type Dtype,
  type FieldDeclaration,
  type FieldToken,
  STEP_PROPERTIES,
} from "./fields.ts";
export {
  type GivenField,
  GroundTruth,
  GroundTruthError,
  type GroundTruthInput,
} from "./ground-truth.ts";
export {
  checkedRange,
  type FrameRange,
  type MovieBlock,
  type Recorded,
  type RecordingWarning,
  scaleOf,
} from "./recorded.ts";
export { Recording, type RecordingData } from "./recording.ts";
export { croppedTo, type FrameSource, type StageMovie } from "./stage.ts";
export { type Ragged, takeRagged } from "./structure.ts";
export { type FieldValue, TruthField } from "./truth-field.ts";

export {
  type BoolNdArray,
  type ComputedRows,
  type Float64NdArray,
  type MovieNdArray,
  nd,
  takeRows,
} from "./array.ts";
export {
  type Dtype,
  FIELD_NAMES,
  type FieldDeclaration,
  type FieldName,
  GROUND_TRUTH_FIELDS,
} from "./fields.ts";
export { GroundTruth, GroundTruthError, takeRagged } from "./ground-truth.ts";
export { type FrameSource, Recording, type RecordingData, type StageMovie } from "./recording.ts";
export {
  type ExtraField,
  type GroundTruthData,
  type GroundTruthInput,
  groundTruthSchema,
  type Ragged,
} from "./schema.ts";

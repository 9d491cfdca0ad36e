// @minisim/spec: the typed description of an experiment.
export {
  type Acquisition,
  type AcquisitionInput,
  acquisitionSchema,
  type ImageSensor,
  type Optics,
  type Tissue,
} from "./acquisition.ts";
export { BYTES_PER_PIXEL, CONTAINERS, type Container } from "./container.ts";
export { type SpecDifference, specDifferences } from "./differences.ts";
export {
  type ErrorKind,
  isMinisimError,
  MinisimError,
  type Path,
  type Problem,
} from "./error.ts";
export { excerpt } from "./excerpt.ts";
export {
  createSpecFactory,
  type SpecFactory,
  type SpecFactoryOptions,
  type SpecResult,
} from "./factory.ts";
export { type FileReference, type FilesRead, withFilesRead } from "./file-fields.ts";
export type { Frozen } from "./frozen.ts";
export {
  type Geometry,
  geometryOf,
  type Shape,
  umToIndex,
  type Window,
  windowOf,
} from "./geometry.ts";
export {
  formatIssue,
  formatPath,
  type Issue,
  type Severity,
  SpecError,
} from "./issue.ts";
export type { JsonSchema } from "./json-schema.ts";
export type { Migration } from "./migrate.ts";
export { type Output, type OutputInput, outputSchema } from "./output.ts";
export { noSuchField } from "./place.ts";
export type { ParsedSpec, Spec, SpecInput, StepInputOf, StepOf, StepSpec } from "./spec.ts";
export type {
  CheckContext,
  Conversion,
  Finding,
  FirstEdition,
  StepPackage,
  StepSchema,
} from "./step-schema.ts";
export {
  autoOr,
  type Bounds,
  choice,
  count,
  type FieldOptions,
  type FileContent,
  flag,
  fraction,
  list,
  nullable,
  type QuantityOptions,
  quantity,
  vector,
} from "./units.ts";
export {
  type Change,
  type Misfit,
  type Varied,
  type VaryOptions,
  varied,
  variedInput,
} from "./vary.ts";
export { SPEC_VERSION } from "./version.ts";

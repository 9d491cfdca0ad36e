export {
  type ActivityColumns,
  type ActivityInput,
  CellTable,
  type NewCell,
  type OpticsColumns,
} from "./cells.ts";
export { type CompileOptions, compile, type Plan } from "./compile.ts";
export { type Compiler, createCompiler } from "./compiler.ts";
export { type JointReading, READ_FRAMES } from "./counting.ts";
export { displacementNodes } from "./displacement.ts";
export { denseField, type ExpectedLight, expectedLight } from "./expected-light.ts";
export { type ExpectedWork, expectedWork, type StepShare } from "./expected-work.ts";
export {
  type Factor,
  type Field,
  factorAt,
  type LocalFactor,
  lazyField,
  lazySeries,
  meanFactor,
  product,
} from "./factor.ts";
export { facts, photonBudgetAt } from "./facts.ts";
export {
  area,
  blockFramesOf,
  cutPlanes,
  type RecordingWindow,
  type SceneGeometry,
  type Shape,
} from "./geometry.ts";
export type { FootprintLadder } from "./ladder.ts";
export { noiseless } from "./noiseless.ts";
export { orderSteps } from "./order.ts";
export { componentOnFov, meansOfSquares, type Passage, passagesOf } from "./passages.ts";
export {
  type Accumulate,
  type Assemble,
  accumulate,
  assemble,
  type CoarseFields,
  type Components,
  type Custom,
  type CustomOperand,
  type CustomVerb,
  countOf,
  custom,
  type DenseFields,
  type Digitize,
  type Displacement,
  digitize,
  type FrameProgram,
  findStage,
  type Instruction,
  type Modulate,
  modulate,
  type SensorPatterns,
  type StageInfo,
  type Stripes,
  type Translate,
  translate,
  type Weights,
} from "./program.ts";
export {
  denseSeries,
  type FrameSeries,
  rowOf,
  rowsOf,
  type SelectedRows,
  toDense,
} from "./series.ts";
export type { ShareWork, ShareWorks } from "./share-work.ts";
export {
  accumulateCells,
  type CellFactors,
  cellFactors,
  footprintsInMotion,
  observedFootprints,
  perCell,
  slots,
} from "./slots.ts";
export {
  type AnnounceContext,
  type CompileContext,
  DOMAINS,
  type Domain,
  defineStep,
  type Made,
  type StepDefinition,
} from "./step.ts";
export { type SeriesSummary, summarize, summaryOf } from "./summary.ts";
export {
  type Announced,
  type Fact,
  type FactRule,
  fact,
  type Put,
  type Scene,
  type Slot,
  type SlotRule,
  slot,
  type Token,
} from "./tokens.ts";
export type {
  KnownDim,
  TruthDeclaration,
  TruthDeclarations,
  TruthField,
  TruthTokens,
} from "./truth.ts";
export { specInWindow } from "./window.ts";
export { type CellGroup, meanPatchPx, type Work, type WorkContext } from "./work.ts";

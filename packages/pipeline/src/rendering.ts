// @minisim/pipeline/rendering: what renders a program needs of it. Neither steps nor specs, so that a thread that only renders loads none.

export { displacementNodes } from "./displacement.ts";
export { area, blockFramesOf, type SceneGeometry, type Shape } from "./geometry.ts";
export {
  type Accumulate,
  type Assemble,
  type CoarseFields,
  type Components,
  type Custom,
  type CustomOperand,
  type CustomVerb,
  countOf,
  type DenseFields,
  type Digitize,
  type FrameProgram,
  findStage,
  type Instruction,
  type Modulate,
  type StageInfo,
  type Stripes,
  type Translate,
  type Weights,
} from "./program.ts";
export { denseSeries, type FrameSeries } from "./series.ts";

// @minisim/sweep: grids of specs, and tables of what came out. Running them, and the cache: @minisim/sweep/node.
export { type CostEstimate, type EstimateOptions, estimateCost } from "./estimate.ts";
export { type SweepFile, sweepFileSchema, sweepJsonSchema } from "./file-schema.ts";
export { readSweepText, type SweepDocument, type SweepTextOptions } from "./file-text.ts";
export type { Axis, SweepMode } from "./grid.ts";
export type { Json } from "./json.ts";
export { formatProblem, SweepError, type SweepProblem } from "./problem.ts";
export {
  type Axes,
  type ParameterMisfit,
  type ParameterProblem,
  type Sweep,
  type SweepOptions,
  sweep,
  type Variant,
} from "./sweep.ts";
export {
  type Cell,
  type ColumnType,
  columnsOf,
  csvOf,
  type Row,
  type TableColumn,
} from "./table.ts";

// HDF5 in Node, as what reads it needs it. Formats import what writes it one by one: those modules run anywhere.

export {
  assemble,
  checkTraces,
  indicesOf,
  type Part,
  selectRows,
  selectUnits,
  transposed,
} from "./estimate.ts";
export { probeHdf5, readHdf5 } from "./reading.ts";
export type { H5Source, Layout, Numbers, Range } from "./source.ts";
export {
  canvasOf,
  checkStarts,
  faultOf,
  type SparsePaths,
  sparseFootprints,
  sparseMatrix,
} from "./sparse.ts";

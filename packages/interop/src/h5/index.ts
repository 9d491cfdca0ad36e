// HDF5, as the formats built on it need it.

export { assemble, indicesOf, type Part, selectRows, transposed } from "./estimate.ts";
export { fovFootprints, writeMasks, writeMatrix, writeMovie } from "./fill.ts";
export { footprintsOf, footprintsOfPixels, patchOfImage } from "./patches.ts";
export { probeHdf5, readHdf5 } from "./reading.ts";
export { bytesAt } from "./signature.ts";
export type { Attributes, H5Sink } from "./sink.ts";
export type { H5Source, Numbers } from "./source.ts";
export { canvasOf, checkStarts, sparseFootprints, toColumnMajor } from "./sparse.ts";
export { writeHdf5 } from "./writing.ts";

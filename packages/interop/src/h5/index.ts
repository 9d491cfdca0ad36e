// HDF5 in Node, as what reads it needs it. Formats import what writes it one by one: those modules run anywhere.

export { assemble, indicesOf, type Part, selectRows, transposed } from "./estimate.ts";
export { footprintsOf, footprintsOfPixels, patchOfImage } from "./patches.ts";
export { probeHdf5, readHdf5 } from "./reading.ts";
export { bytesAt } from "./signature.ts";
export type { H5Source, Numbers } from "./source.ts";
export { canvasOf, checkStarts, sparseFootprints } from "./sparse.ts";

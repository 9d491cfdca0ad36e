// The same verbs in plain float64 TypeScript: slow and obvious. The kernels are held against these, and a program can be
// rendered with them. Arguments mean what they mean in Kernels; arrays are plain arrays instead of arena arrays.
export { blur } from "./reference/blur.ts";
export { accumulateCoarse } from "./reference/coarse.ts";
export { digitize } from "./reference/digitize.ts";
export { accumulateField, modulate } from "./reference/fields.ts";
export { normals } from "./reference/normals.ts";
export { accumulatePatches, type ReferencePatches } from "./reference/patches.ts";
export { philox } from "./reference/philox.ts";
export { translate } from "./reference/translate.ts";

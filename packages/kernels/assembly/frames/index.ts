// The frame verbs. Pointers are byte addresses in the imported memory, sizes are pixels, pixels are float32 unless said otherwise.
export { blur, blurScratchBytes } from "./blur";
export { digitizeU8, digitizeU16 } from "./digitize";
export { accumulateField, modulate } from "./fields";
export { normals } from "./normals";
export { accumulatePatches, firstBadPatch } from "./patches";
export { philox } from "./philox";
export { translate } from "./translate";

/** The first address that belongs to the caller. */
export function heapBase(): usize {
  return __heap_base;
}

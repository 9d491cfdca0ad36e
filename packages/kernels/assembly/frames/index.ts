// The frame verbs. Pointers are byte addresses in the imported memory, sizes are pixels, pixels are float32 unless said otherwise.
export { blur, blurScratchBytes } from "./blur";
export { capture, ringRows } from "./capture";
export { coarseBytes } from "./coarse";
export { compose, composeScratchBytes } from "./compose";
export { digitize, expose } from "./expose";
export { normals } from "./normals";
export { firstBadPatch } from "./patches";
export { philox } from "./philox";
export { prepareNumbers, preparePatterns, prepareSensor, sensorBytes } from "./sensor";

/** The first address that belongs to the caller. */
export function heapBase(): usize {
  return __heap_base;
}

// One range of working memory, reused by every call and replaced by a larger one when a call needs more.
import type { Heap } from "./heap.ts";

export interface Scratch {
  /** The address of at least this many bytes; their content is undefined. */
  reserve(bytes: number): number;
}

export function createScratch(heap: Heap): Scratch {
  let start = 0;
  let size = 0;
  return {
    reserve(bytes) {
      if (bytes > size) {
        if (size > 0) heap.free(start, size);
        size = 0;
        start = heap.allocate(bytes);
        size = bytes;
      }
      return start;
    },
  };
}

// First-fit allocator over a WebAssembly memory: a sorted list of free ranges, merged with their neighbours on release.
const alignment_bytes = 64;
const page_bytes = 65536;

interface Range {
  start: number;
  end: number;
}

export interface Heap {
  /** A free range of at least this many bytes, 64-byte aligned; grows the memory when none fits. */
  allocate(bytes: number): number;
  free(start: number, bytes: number): void;
}

export function createHeap(memory: WebAssembly.Memory, base: number): Heap {
  const ranges: Range[] = [];
  insert(align(base), memory.buffer.byteLength);

  function insert(start: number, end: number): void {
    if (end <= start) return;
    let at = 0;
    while (at < ranges.length && ranges[at]!.start < start) at++;
    ranges.splice(at, 0, { start, end });
    mergeWithNext(at);
    if (at > 0) mergeWithNext(at - 1);
  }

  function mergeWithNext(at: number): void {
    const range = ranges[at]!;
    const next = ranges[at + 1];
    if (next && range.end === next.start) {
      range.end = next.end;
      ranges.splice(at + 1, 1);
    }
  }

  function growFor(size: number): void {
    const end = memory.buffer.byteLength;
    const last = ranges.at(-1);
    const spare = last?.end === end ? end - last.start : 0;
    try {
      memory.grow(Math.ceil((size - spare) / page_bytes));
    } catch {
      throw new RangeError(`The kernels' memory cannot grow by ${size - spare} bytes.`);
    }
    insert(end, memory.buffer.byteLength);
  }

  return {
    allocate(bytes) {
      const size = align(bytes);
      let at = ranges.findIndex((range) => range.end - range.start >= size);
      if (at < 0) {
        growFor(size);
        at = ranges.length - 1;
      }
      const range = ranges[at]!;
      const start = range.start;
      range.start += size;
      if (range.start === range.end) ranges.splice(at, 1);
      return start;
    },
    free(start, bytes) {
      insert(start, start + align(bytes));
    },
  };
}

// An empty array takes a unit too, so that no two arrays share an address.
function align(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / alignment_bytes)) * alignment_bytes;
}

// Arrays in the kernels' memory with an explicit lifetime: what an arena hands out lives until the arena is released.
import type { Heap } from "./heap.ts";

type View = Float32Array | Int32Array | Uint8Array | Uint16Array;
type ViewConstructor<V extends View> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): V;
};

/** An array in the kernels' memory. Every use after the arena's release throws. */
export interface ArenaArray<V extends View> {
  readonly byteOffset: number;
  readonly length: number;
  readonly bytesPerElement: number;
  /** A fresh view. Do not keep it: it is detached as soon as the memory grows. */
  view(): V;
  /** Copies the source to the front of the array; throws when it is longer. */
  set(source: ArrayLike<number>): this;
}

export type F32 = ArenaArray<Float32Array>;
export type I32 = ArenaArray<Int32Array>;
export type U8 = ArenaArray<Uint8Array>;
export type U16 = ArenaArray<Uint16Array>;

/** Arrays of `length` elements, zero-filled, 64-byte aligned, released together. */
export interface Arena {
  f32(length: number): F32;
  i32(length: number): I32;
  u8(length: number): U8;
  u16(length: number): U16;
  /** Gives the memory back. Releasing twice is harmless. */
  release(): void;
}

interface Lifetime {
  released: boolean;
}

export function createArena(memory: WebAssembly.Memory, heap: Heap): Arena {
  const lifetime: Lifetime = { released: false };
  const ranges: { start: number; bytes: number }[] = [];

  function allocate<V extends View>(View: ViewConstructor<V>, length: number): ArenaArray<V> {
    if (lifetime.released) throw releasedError("arena");
    if (!Number.isInteger(length) || length < 0) {
      throw new RangeError(`An array's length must be a whole number, at least 0: got ${length}.`);
    }
    const bytes = length * View.BYTES_PER_ELEMENT;
    const start = heap.allocate(bytes);
    ranges.push({ start, bytes });
    new Uint8Array(memory.buffer, start, bytes).fill(0);
    return new HeapArray(memory, View, lifetime, start, length);
  }

  return {
    f32: (length) => allocate(Float32Array, length),
    i32: (length) => allocate(Int32Array, length),
    u8: (length) => allocate(Uint8Array, length),
    u16: (length) => allocate(Uint16Array, length),
    release() {
      lifetime.released = true;
      for (const { start, bytes } of ranges.splice(0)) heap.free(start, bytes);
    },
  };
}

class HeapArray<V extends View> implements ArenaArray<V> {
  readonly length: number;
  readonly bytesPerElement: number;
  readonly #memory: WebAssembly.Memory;
  readonly #View: ViewConstructor<V>;
  readonly #lifetime: Lifetime;
  readonly #start: number;

  constructor(
    memory: WebAssembly.Memory,
    View: ViewConstructor<V>,
    lifetime: Lifetime,
    start: number,
    length: number,
  ) {
    this.length = length;
    this.bytesPerElement = View.BYTES_PER_ELEMENT;
    this.#memory = memory;
    this.#View = View;
    this.#lifetime = lifetime;
    this.#start = start;
  }

  get byteOffset(): number {
    if (this.#lifetime.released) throw releasedError("array");
    return this.#start;
  }

  view(): V {
    return new this.#View(this.#memory.buffer, this.byteOffset, this.length);
  }

  set(source: ArrayLike<number>): this {
    if (source.length > this.length) {
      throw new RangeError(
        `A source of ${source.length} elements does not fit an array of ${this.length}.`,
      );
    }
    this.view().set(source);
    return this;
  }
}

function releasedError(what: string): Error {
  return new Error(`This ${what} was used after its arena was released.`);
}

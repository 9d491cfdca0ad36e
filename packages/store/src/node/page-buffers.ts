// Large buffers that begin at a page of memory and are used again: what writing past the page cache asks for, and what spares
// the system from finding fresh pages for every chunk.

/** The largest block of a disk that a buffer or a length must be a multiple of. */
export const PAGE_BYTES = 4096;
const WASM_PAGE_BYTES = 65536;

export class PageBuffers {
  readonly #free: ArrayBuffer[] = [];

  /** Room of this length, of any content. Behind it the buffer goes on to a multiple of a page. */
  take(length: number): Uint8Array {
    const fits = this.#free.findIndex(({ byteLength }) => byteLength >= length);
    const [kept] = fits < 0 ? [] : this.#free.splice(fits, 1);
    return new Uint8Array(kept ?? aligned(length), 0, length);
  }

  /** Takes the room back. */
  give(bytes: Uint8Array): void {
    this.#free.push(bytes.buffer as ArrayBuffer);
  }
}

// JavaScript cannot ask for aligned memory, but that of WebAssembly is.
function aligned(length: number): ArrayBuffer {
  const pages = Math.ceil(length / WASM_PAGE_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer;
}

// A file in memory, for what is small: where a browser has no files of its own, and for tests.
import type { SyncFile } from "../sync-file.ts";

// The last part of it is the only one that is not full.
const PART_BYTES = 1 << 22;

export class MemoryFile implements SyncFile {
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  getSize(): number {
    return this.#size;
  }

  truncate(size: number): void {
    const end = Math.ceil(size / PART_BYTES);
    while (this.#parts.length < end) this.#parts.push(new Uint8Array(PART_BYTES));
    this.#parts.length = end;
    // What lies beyond the end reads as 0 should the file grow again.
    if (size < this.#size) this.#parts.at(-1)?.fill(0, size - (end - 1) * PART_BYTES);
    this.#size = size;
  }

  read(bytes: Uint8Array, { at }: { readonly at: number }): number {
    const length = Math.max(0, Math.min(bytes.length, this.#size - at));
    for (const { from, here } of this.#pieces(at, length)) bytes.set(here, from);
    return length;
  }

  write(bytes: Uint8Array, { at }: { readonly at: number }): number {
    if (at + bytes.length > this.#size) this.truncate(at + bytes.length);
    for (const { from, here } of this.#pieces(at, bytes.length)) {
      here.set(bytes.subarray(from, from + here.length));
    }
    return bytes.length;
  }

  toBlob(): Blob {
    return new Blob(Array.from(this.#pieces(0, this.#size), ({ here }) => here));
  }

  /** Views of the parts over `length` bytes at `at`; `from`: how many bytes come before each. */
  *#pieces(at: number, length: number) {
    for (let from = 0; from < length; ) {
      const start = (at + from) % PART_BYTES;
      const part = this.#parts[Math.floor((at + from) / PART_BYTES)]!;
      const here = part.subarray(start, start + length - from);
      yield { from, here };
      from += here.length;
    }
  }
}

// A file's bytes where many small parts are asked for near each other: a window of it in memory.
import { readSync } from "node:fs";
import { InteropError } from "../error.ts";

const WINDOW_BYTES = 1 << 12;

export class FileWindow {
  readonly length: number;
  readonly #descriptor: number;
  readonly #path: string;
  #at = 0;
  #window = new Uint8Array(0);

  constructor(descriptor: number, size: number, path: string) {
    this.length = size;
    this.#descriptor = descriptor;
    this.#path = path;
  }

  /** The bytes from `start` to before `end`. @throws InteropError "malformed" where the file ends before. */
  subarray(start: number, end: number): Uint8Array<ArrayBuffer> {
    if (end - start > WINDOW_BYTES) return this.#read(start, end - start);
    const isInside = start >= this.#at && end <= this.#at + this.#window.length;
    if (!isInside) {
      this.#window = this.#read(start, Math.min(WINDOW_BYTES, this.length - start));
      this.#at = start;
    }
    return this.#window.subarray(start - this.#at, end - this.#at);
  }

  #read(start: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Math.max(0, length));
    for (let done = 0; done < length; ) {
      const count = readSync(this.#descriptor, bytes, done, length - done, start + done);
      if (count === 0) throw new InteropError("malformed", `${this.#path} ends too early.`);
      done += count;
    }
    return bytes;
  }
}

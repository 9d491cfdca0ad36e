// A file that grows: bytes go at its end, and what is known only later is set where it belongs.
import { type FileHandle, open } from "node:fs/promises";

// Many small parts are gathered into writes of this size.
const GATHERED_BYTES = 1 << 20;

export class FileSink {
  readonly #file: FileHandle;
  #gathered = new Uint8Array(GATHERED_BYTES);
  #filled = 0;
  #written = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Runs `write` on a new file at `path` and closes it, whatever happens. */
  static async write(path: string, write: (sink: FileSink) => Promise<void>): Promise<void> {
    const file = await open(path, "wx");
    try {
      const sink = new FileSink(file);
      await write(sink);
      await sink.#flush();
    } finally {
      await file.close();
    }
  }

  /** Bytes so far: where the next ones go. */
  get length(): number {
    return this.#written + this.#filled;
  }

  /** The bytes may be reused once the promise resolves. */
  async append(bytes: Uint8Array): Promise<void> {
    if (this.#filled + bytes.length > GATHERED_BYTES) await this.#flush();
    if (bytes.length > GATHERED_BYTES) {
      await this.#put(bytes, this.#written);
      this.#written += bytes.length;
      return;
    }
    this.#gathered.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** Replaces bytes that were appended before. */
  async patch(bytes: Uint8Array, position: number): Promise<void> {
    await this.#flush();
    await this.#put(bytes, position);
  }

  async #flush(): Promise<void> {
    const filled = this.#filled;
    this.#filled = 0;
    await this.#put(this.#gathered.subarray(0, filled), this.#written);
    this.#written += filled;
  }

  async #put(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const left = bytes.length - done;
      const { bytesWritten } = await this.#file.write(bytes, done, left, position + done);
      done += bytesWritten;
    }
  }
}

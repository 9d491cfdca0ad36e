// A file that grows: bytes go at its end, and what is known only later is set where it belongs. Wherever the bytes end up.

// Many small parts are gathered into writes of this size.
const GATHERED_BYTES = 1 << 20;

/** Writes all bytes at a position of the file. They may be reused once it has returned, or its promise has resolved. */
export type Put = (bytes: Uint8Array, position: number) => Promise<void> | void;

export class Sink {
  readonly #put: Put;
  #gathered = new Uint8Array(GATHERED_BYTES);
  #filled = 0;
  #written = 0;

  private constructor(put: Put) {
    this.#put = put;
  }

  /** Runs `write` on a sink whose bytes go to `put`, and sees the last of them off. */
  static async onto(put: Put, write: (sink: Sink) => Promise<void>): Promise<void> {
    const sink = new Sink(put);
    await write(sink);
    await sink.#flush();
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
    if (filled > 0) await this.#put(this.#gathered.subarray(0, filled), this.#written);
    this.#written += filled;
  }
}

// Bytes that arrive in chunks, taken in the lengths that are needed.

export class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #waiting: Uint8Array[] = [];
  #bytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next `length` bytes; fewer where the stream ends before. */
  async take(length: number): Promise<Uint8Array> {
    while (this.#bytes < length) {
      const { done, value } = await this.#chunks.next();
      if (done) break;
      this.#waiting.push(value);
      this.#bytes += value.length;
    }
    const taken = new Uint8Array(Math.min(length, this.#bytes));
    let at = 0;
    while (at < taken.length) {
      const first = this.#waiting[0]!;
      const part = first.subarray(0, taken.length - at);
      taken.set(part, at);
      at += part.length;
      if (part.length === first.length) this.#waiting.shift();
      else this.#waiting[0] = first.subarray(part.length);
    }
    this.#bytes -= taken.length;
    return taken;
  }
}

// A source's movie on its way to a writer: in order, complete, stoppable, with progress.
import type { MovieBlock, Recorded } from "@minisim/recording";
import type { Watch } from "./contract.ts";

/**
 * The source's blocks. Progress is told once a block is taken care of, that is when the next one is asked for.
 * @throws the signal's reason when aborted; Error when the source does not deliver what it declared.
 */
export async function* movieOf(
  source: Recorded,
  { signal, onProgress }: Watch,
): AsyncGenerator<MovieBlock> {
  const [total, height, width] = source.shape;
  const pixels = height * width;
  let done = 0;
  signal?.throwIfAborted();
  for await (const block of source.frames()) {
    const { start, end, data } = block;
    if (start !== done || end > total || data.length !== (end - start) * pixels) {
      throw new Error(`The source delivered frames ${start} to ${end} where ${done} came next.`);
    }
    yield block;
    done = end;
    onProgress?.({ done, total });
    signal?.throwIfAborted();
  }
  if (done !== total) throw new Error(`The source ended after ${done} of ${total} frames.`);
}

/** The bytes of numbers as they lie in memory: little-endian on every machine that runs this. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

/** Row-major frames of a block, one after another: views. */
export function* framesOf(
  { start, end, data }: MovieBlock,
  pixels: number,
): Generator<MovieBlock["data"]> {
  for (let frame = 0; frame < end - start; frame++) {
    yield data.subarray(frame * pixels, (frame + 1) * pixels);
  }
}

/** The bytes of an ASCII text. */
export const asciiOf = (text: string): Uint8Array => new TextEncoder().encode(text);

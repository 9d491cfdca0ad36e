// Zstandard without matches: what shot noise has no use for, and where an encoder spends its time. Any decoder reads it.
import { ownBytes } from "./allocate.ts";
import { literals } from "./literals-module.ts";

const HEADER_BYTES = 10;
/** A segment that does not get shorter is stored with three bytes before each of its blocks. */
const MOST_GROWTH_OF_SEGMENT = 64;

/**
 * A Zstandard frame of `decoded`, each block of 64 KiB under a Huffman code of its own, behind which `trailer` bytes are
 * left free. Runs at once and holds one segment beside the result.
 */
export function encodeLiterals(decoded: Uint8Array, trailer = 0, allocate = ownBytes): Uint8Array {
  const { wasm, input, output } = literals();
  const segments = Math.max(1, Math.ceil(decoded.length / input.length));
  const most = HEADER_BYTES + decoded.length + segments * MOST_GROWTH_OF_SEGMENT + trailer;
  // Pages of the end that stay untouched cost nothing.
  const frame = allocate(most);
  let at = wasm.frameHeader(decoded.length);
  frame.set(output.subarray(0, at));
  for (let index = 0; index < segments; index++) {
    const from = index * input.length;
    const segment = decoded.subarray(from, from + input.length);
    input.set(segment);
    const length = wasm.encodeSegment(segment.length, index === segments - 1);
    frame.set(output.subarray(0, length), at);
    at += length;
  }
  return frame.subarray(0, at + trailer);
}

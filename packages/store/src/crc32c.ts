// CRC-32C (Castagnoli, RFC 3720 appendix B.4): the checksum at the end of every chunk.
import { literals } from "./literals-module.ts";

export function crc32c(bytes: Uint8Array): number {
  const { wasm, input } = literals();
  let crc = -1;
  for (let at = 0; at < bytes.length; at += input.length) {
    const segment = bytes.subarray(at, at + input.length);
    input.set(segment);
    crc = wasm.crc32c(crc, segment.length);
  }
  return ~crc >>> 0;
}

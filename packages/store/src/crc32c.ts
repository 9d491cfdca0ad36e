// CRC-32C (Castagnoli, RFC 3720 appendix B.4): the checksum at the end of every chunk.
// Eight bytes a step with eight tables ("slicing by eight"): byte by byte it would cost as much as the compression.

const POLYNOMIAL = 0x82f63b78; // bit-reversed
const SLICES = 8;
const tables = makeTables();

export function crc32c(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % SLICES);
  let crc = -1;
  for (let at = 0; at < whole; at += SLICES) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      tables[0x700 + (low & 0xff)]! ^
      tables[0x600 + ((low >>> 8) & 0xff)]! ^
      tables[0x500 + ((low >>> 16) & 0xff)]! ^
      tables[0x400 + (low >>> 24)]! ^
      tables[0x300 + (high & 0xff)]! ^
      tables[0x200 + ((high >>> 8) & 0xff)]! ^
      tables[0x100 + ((high >>> 16) & 0xff)]! ^
      tables[high >>> 24]!;
  }
  for (let at = whole; at < bytes.length; at++) {
    crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]!) & 0xff]!;
  }
  return ~crc >>> 0;
}

/** Table k, at 256·k, takes a byte that k further bytes follow. */
function makeTables(): Int32Array {
  const all = new Int32Array(256 * SLICES);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    all[byte] = crc;
  }
  for (let at = 256; at < all.length; at++) {
    const before = all[at - 256]!;
    all[at] = (before >>> 8) ^ all[before & 0xff]!;
  }
  return all;
}

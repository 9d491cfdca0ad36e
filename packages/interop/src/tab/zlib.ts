// What the readers use of node:zlib.
import { gunzipSync as gunzip, unzlibSync } from "fflate";

interface Options {
  readonly maxOutputLength?: number;
}

export const inflateSync = (bytes: Uint8Array, options: Options = {}): Uint8Array =>
  bounded(unzlibSync(bytes), options);

export const gunzipSync = (bytes: Uint8Array, options: Options = {}): Uint8Array =>
  bounded(gunzip(bytes), options);

function bounded(bytes: Uint8Array, { maxOutputLength = Infinity }: Options): Uint8Array {
  if (bytes.length > maxOutputLength) throw new RangeError("It unpacks to more than it may.");
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, code) => {
  let value = code;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of ISO 3309, as ZIP has it. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

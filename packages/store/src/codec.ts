// The codec chain of every chunk: little-endian bytes, Zstandard, CRC-32C of the compressed bytes.
// Typed arrays are taken as they lie in memory: all engines this runs on are little-endian.
import { type Allocate, ownBytes } from "./allocate.ts";
import { compress, decompress, ZSTD_LEVEL } from "./compress.ts";
import { crc32c } from "./crc32c.ts";
import { type Dtype, isSingleByte } from "./dtype.ts";
import { partError } from "./error.ts";

const CRC_BYTES = 4;

/** The chain as Zarr metadata. */
export function codecsOf(dtype: Dtype): readonly Record<string, unknown>[] {
  return [
    isSingleByte(dtype)
      ? { name: "bytes" }
      : { name: "bytes", configuration: { endian: "little" } },
    { name: "zstd", configuration: { level: ZSTD_LEVEL, checksum: false } },
    { name: "crc32c" },
  ];
}

export async function encodeChunk(
  decoded: Uint8Array,
  allocate: Allocate = ownBytes,
): Promise<Uint8Array> {
  const chunk = await compress(decoded, CRC_BYTES, allocate);
  const body = chunk.length - CRC_BYTES;
  checksumOf(chunk).setUint32(0, crc32c(chunk.subarray(0, body)), true);
  return chunk;
}

/** @throws StoreError "corrupt", naming the key, unless the checksum holds and exactly `length` bytes come out. */
export async function decodeChunk(
  key: string,
  chunk: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  checkChecksum(key, chunk);
  let decoded: Uint8Array;
  try {
    decoded = await decompress(chunk.subarray(0, chunk.length - CRC_BYTES));
  } catch (cause) {
    throw partError("corrupt", key, "cannot be decompressed", cause);
  }
  if (decoded.length === length) return decoded;
  throw partError("corrupt", key, `holds ${decoded.length} bytes instead of ${length}`);
}

/** Tells whole from damaged without decoding. @throws StoreError "corrupt", naming the key. */
export function checkChecksum(key: string, chunk: Uint8Array): void {
  const body = chunk.length - CRC_BYTES;
  if (body < 0) throw partError("corrupt", key, `is cut off after ${chunk.length} bytes`);
  if (checksumOf(chunk).getUint32(0, true) !== crc32c(chunk.subarray(0, body))) {
    throw partError("corrupt", key, "does not match its checksum: it was cut off or altered");
  }
}

const checksumOf = (chunk: Uint8Array): DataView =>
  new DataView(chunk.buffer, chunk.byteOffset + chunk.length - CRC_BYTES, CRC_BYTES);

// The codec chain of every chunk: little-endian bytes, Zstandard level 1, CRC-32C.
// Typed arrays are taken as they lie in memory: all engines this runs on are little-endian.
import Zstd from "numcodecs/zstd";
import { crc32c } from "./crc32c.ts";
import { type Dtype, isSingleByte } from "./dtype.ts";
import { partError } from "./error.ts";

// Of the codecs that zarr-python reads without plugins, level 1 is the fastest that still compresses shot noise.
const ZSTD_LEVEL = 1;
const CRC_BYTES = 4;
const zstd = Zstd.fromConfig({ id: "zstd", level: ZSTD_LEVEL });

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

export async function encodeChunk(decoded: Uint8Array): Promise<Uint8Array> {
  const compressed = await zstd.encode(decoded);
  const chunk = new Uint8Array(compressed.length + CRC_BYTES);
  chunk.set(compressed);
  new DataView(chunk.buffer).setUint32(compressed.length, crc32c(compressed), true);
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
    decoded = await zstd.decode(chunk.subarray(0, chunk.length - CRC_BYTES));
  } catch (cause) {
    throw partError("corrupt", key, "cannot be decompressed", cause);
  }
  if (decoded.length === length) return decoded;
  throw partError("corrupt", key, `holds ${decoded.length} bytes instead of ${length}`);
}

export function checkChecksum(key: string, chunk: Uint8Array): void {
  const body = chunk.length - CRC_BYTES;
  if (body < 0) throw partError("corrupt", key, `is cut off after ${chunk.length} bytes`);
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (view.getUint32(body, true) !== crc32c(chunk.subarray(0, body))) {
    throw partError("corrupt", key, "does not match its checksum: it was cut off or altered");
  }
}

// From a path of names to the 256 bits that seed everything drawn under it.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** One step of a path: a name, or the index of a thing. `1` and `"1"` are different parts. */
export type PathPart = string | number;

/**
 * The digest of a path: SHA-256 over the UTF-8 of `JSON.stringify([seed, ...path])`.
 * JSON keeps parts apart (`["ab"]` is not `["a", "b"]`) and tells numbers from strings.
 */
export function hashPath(seed: number, path: readonly PathPart[]): Uint8Array {
  return sha256(utf8ToBytes(JSON.stringify([seed, ...path])));
}

/** The digest as the 64 hexadecimal characters that seed a stream. */
export function digestHex(digest: Uint8Array): string {
  return bytesToHex(digest);
}

/** The first eight bytes of the digest as two little-endian 32-bit words. */
export function digestKey(digest: Uint8Array): readonly [number, number] {
  const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  return [view.getUint32(0, true), view.getUint32(4, true)];
}

/** Only safe integers: JSON would write NaN and Infinity both as null, and two paths would share their draws. */
export function assertSeed(seed: number): void {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed must be an integer, not ${seed}.`);
}

export function assertPath(path: readonly PathPart[]): void {
  for (const part of path) {
    if (typeof part !== "string" && !Number.isSafeInteger(part)) {
      throw new TypeError(`A random path is made of names and integers, not ${String(part)}.`);
    }
  }
}

// One text for one meaning: canonical JSON (RFC 8785), and a short key from its hash.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";

/** RFC 8785 JSON: sorted keys, shortest numbers, no spaces. `value` is JSON data. */
export function canonicalJson(value: object): string {
  return canonicalize(value)!;
}

/** The first 16 hex digits of the SHA-256 of the canonical JSON of `value`. */
export function shortHash(value: object): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, 16);
}

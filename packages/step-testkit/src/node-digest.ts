// Fingerprints of what a simulation holds: equal strings, equal bytes.
import { createHash, type Hash } from "node:crypto";
import { type FrameSeries, toDense } from "@minisim/pipeline";

/** SHA-256 of anything made of plain data, typed arrays, maps and objects with them; keys in sorted order. */
export function digest(value: unknown): string {
  const hash = createHash("sha256");
  feed(hash, value);
  return hash.digest("hex");
}

function feed(hash: Hash, part: unknown): void {
  if (ArrayBuffer.isView(part)) {
    hash.update(`${part.constructor.name} ${part.byteLength};`);
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  } else if (isSeries(part)) {
    feed(hash, toDense(part));
  } else if (part instanceof Map) {
    feed(hash, [...part.entries()]);
  } else if (Array.isArray(part)) {
    hash.update(`[${part.length};`);
    for (const inner of part) feed(hash, inner);
  } else if (typeof part === "object" && part !== null) {
    const entries = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`{${entries.length};`);
    for (const [key, inner] of entries) {
      hash.update(`${key}:`);
      feed(hash, inner);
    }
  } else {
    hash.update(`${typeof part} ${String(part)};`);
  }
}

const isSeries = (part: unknown): part is FrameSeries =>
  typeof (part as FrameSeries | null)?.read === "function";

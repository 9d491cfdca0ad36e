// Reads a little-endian BigTIFF stack by its specification, for tests.
import { readFileSync } from "node:fs";

export interface ReadTiff {
  /** Tags of each directory: the value, or where it stands. */
  readonly directories: readonly ReadonlyMap<number, number>[];
  readonly description: string;
  /** The strip of each directory. */
  readonly strips: readonly Buffer[];
}

const KNOWN_TYPES = new Set([2, 3, 4, 16]);

export function readTiff(path: string): ReadTiff {
  const bytes = readFileSync(path);
  const u64 = (at: number) => Number(bytes.readBigUInt64LE(at));
  if (bytes.toString("latin1", 0, 2) !== "II" || bytes.readUInt16LE(2) !== 43)
    throw new Error("magic");
  if (bytes.readUInt16LE(4) !== 8 || bytes.readUInt16LE(6) !== 0) throw new Error("offset size");
  const directories: Map<number, number>[] = [];
  let description = "";
  for (let at = u64(8); at !== 0; ) {
    if (at % 8 !== 0 && directories.length === 0) throw new Error("a directory at an odd place");
    const tags = new Map<number, number>();
    const count = u64(at);
    for (let i = 0; i < count; i++) {
      const entry = at + 8 + 20 * i;
      const [tag, type] = [bytes.readUInt16LE(entry), bytes.readUInt16LE(entry + 2)];
      if (!KNOWN_TYPES.has(type) || tag <= (Math.max(...tags.keys()) || 0)) throw new Error("tags");
      const value = type === 3 ? bytes.readUInt16LE(entry + 12) : u64(entry + 12);
      tags.set(tag, value);
      if (tag === 270) description = bytes.toString("utf8", value, value + u64(entry + 4) - 1);
    }
    directories.push(tags);
    at = u64(at + 8 + 20 * count);
  }
  const strips = directories.map((tags) =>
    bytes.subarray(tags.get(273)!, tags.get(273)! + tags.get(279)!),
  );
  return { directories, description, strips };
}

// A folder of Zarr arrays, of format 2 or 3, through the reader zarrita; what is wrong with it is named.
import { join } from "node:path";
import * as zarr from "zarrita";
import { InteropError } from "../error.ts";
import { readAt, readIfThere, withFile } from "../read-file.ts";
import { kindAt } from "../regular-file.ts";
import { ZarrArray } from "./array.ts";
import { useBoundedCodecs } from "./codecs.ts";

/** Of metadata; the largest in the field are consolidated ones, of some kB an array. */
const MOST_DOCUMENT_BYTES = 1 << 24;

/** What zarrita asks for files; remembers whether one was missing. */
export class FolderStore {
  missing = false;
  /** Longer files are refused unread. */
  most = MOST_DOCUMENT_BYTES;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const bytes = await readIfThere(this.#pathOf(key), this.most);
    if (bytes === undefined) this.missing = true;
    return bytes;
  }

  async getRange(
    key: string,
    range: { readonly offset: number; readonly length: number } | { readonly suffixLength: number },
  ): Promise<Uint8Array | undefined> {
    const path = this.#pathOf(key);
    if ((await kindAt(path)) !== "file") {
      this.missing = true;
      return undefined;
    }
    return withFile(path, (file, size) => {
      if (size > this.most) {
        throw new InteropError("malformed", `${path} has ${size} bytes, more than are read.`);
      }
      const [start, length] =
        "suffixLength" in range
          ? [Math.max(0, size - range.suffixLength), Math.min(size, range.suffixLength)]
          : [range.offset, range.length];
      // The index of a shard may be damaged: nothing is allocated on its word.
      if (start + length <= size) return readAt(file, path, start, length);
      throw new InteropError("malformed", `${path} ends too early.`);
    });
  }

  #pathOf(key: string): string {
    if (key.split("/").includes("..")) {
      throw new InteropError("malformed", `${this.#root}: a chunk key leads out of the folder.`);
    }
    return join(this.#root, key);
  }
}

/** The array at `path` in the folder, or null where there is none. @throws InteropError "malformed", "io". */
export async function openArray(root: string, path: string): Promise<ZarrArray | null> {
  const store = new FolderStore(root);
  const place = join(root, path);
  useBoundedCodecs();
  try {
    const array = await zarr.open(zarr.root(store).resolve(path), { kind: "array" });
    return new ZarrArray(place, array, store);
  } catch (error) {
    if (error instanceof InteropError) throw error;
    const absent = zarr.isZarritaError(error, "NotFoundError");
    if (absent && !(await describesArray(place))) return null;
    throw new InteropError("malformed", `${place} has metadata that cannot be read.`, {
      cause: error,
    });
  }
}

/** As `openArray`. @throws InteropError "missing" where there is none. */
export async function requireArray(root: string, path: string): Promise<ZarrArray> {
  const array = await openArray(root, path);
  if (array) return array;
  throw new InteropError("missing", `${root} has no Zarr array "${path}".`);
}

/** The attributes of a group of format 2, or null where there is none. @throws InteropError "malformed". */
export async function groupAttributes(
  root: string,
  path = "",
): Promise<Record<string, unknown> | null> {
  const group = await readIfThere(join(root, path, ".zgroup"), MOST_DOCUMENT_BYTES);
  if (group === undefined) return null;
  const file = join(root, path, ".zattrs");
  const bytes = await readIfThere(file, MOST_DOCUMENT_BYTES);
  return bytes === undefined ? {} : parseObject(file, bytes);
}

/** A JSON object in a file. @throws InteropError "malformed" for anything else. */
export function parseObject(file: string, bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new InteropError("malformed", `${file} holds no JSON object.`);
}

/** Whether there is metadata that ought to be an array's; a damaged document may be one. */
async function describesArray(place: string): Promise<boolean> {
  if ((await readIfThere(join(place, ".zarray"), MOST_DOCUMENT_BYTES)) !== undefined) return true;
  const bytes = await readIfThere(join(place, "zarr.json"), MOST_DOCUMENT_BYTES);
  if (bytes === undefined) return false;
  try {
    return parseObject(place, bytes).node_type !== "group";
  } catch {
    return true;
  }
}

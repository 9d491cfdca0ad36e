// Whole .npy arrays out of files.
import type { FileHandle } from "node:fs/promises";
import { readAt, withFile } from "../read-file.ts";
import { arrayOf, dataBytes, type NpyArray } from "./array.ts";
import { itemBytes } from "./dtype.ts";
import { MOST_HEADER_BYTES, type NpyHeader, parseNpyHeader } from "./header.ts";

/** The shape alone. @throws as `readNpy`, for what holds no numbers, too. */
export function readNpyShape(path: string): Promise<readonly number[]> {
  return withFile(path, async (file, size) => {
    const { descr, shape } = await headerOf(file, size, path);
    itemBytes(descr, path);
    return shape;
  });
}

async function headerOf(file: FileHandle, size: number, path: string): Promise<NpyHeader> {
  return parseNpyHeader(await readAt(file, path, 0, Math.min(size, MOST_HEADER_BYTES + 12)), path);
}

/** @throws InteropError "missing", "malformed", "unsupported" for a pipe or a device, "io". */
export function readNpy(path: string): Promise<NpyArray> {
  return withFile(path, async (file, size) => {
    const header = await headerOf(file, size, path);
    const length = dataBytes(header, size, path);
    return arrayOf(header, await readAt(file, path, header.dataOffset, length));
  });
}

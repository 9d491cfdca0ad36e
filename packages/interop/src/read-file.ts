// A whole file in memory, of any size that memory holds. Its length is asked first, so nothing is allocated on a file's word.
import { type FileHandle, open } from "node:fs/promises";
import { InteropError } from "./error.ts";
import { withFsErrors } from "./fs-error.ts";

/** @throws InteropError "missing", "malformed" for a folder, "io". */
export function readWhole(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return withFile(path, (file, size) => readAt(file, path, 0, size));
}

/** The first bytes of a file, fewer where it is shorter; none for what is no file: enough to recognize a format. */
export async function readBeginning(path: string, length: number): Promise<Uint8Array> {
  try {
    return await withFile(path, (file, size) => readAt(file, path, 0, Math.min(length, size)));
  } catch (error) {
    if (error instanceof InteropError) return new Uint8Array(0);
    throw error;
  }
}

/** Opens a file to read, tells its size, and closes it, whatever happens. */
export function withFile<T>(
  path: string,
  use: (file: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  return withFsErrors(path, async () => {
    const file = await open(path, "r");
    try {
      const info = await file.stat();
      if (!info.isFile()) throw new InteropError("malformed", `${path} is no file.`);
      return await use(file, info.size);
    } finally {
      await file.close();
    }
  });
}

/** Exactly these bytes. @throws InteropError "malformed" where the file ends before. */
export async function readAt(
  file: FileHandle,
  path: string,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    // A single read of 2 GiB or more fails.
    const part = Math.min(length - done, 1 << 30);
    const { bytesRead } = await file.read(bytes, done, part, position + done);
    if (bytesRead === 0) throw new InteropError("malformed", `${path} ends too early.`);
    done += bytesRead;
  }
  return bytes;
}

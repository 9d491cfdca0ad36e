// Files in memory. Their length is asked first, so nothing is allocated on a file's word.
import type { FileHandle } from "node:fs/promises";
import { InteropError } from "./error.ts";
import { withFsErrors } from "./fs-error.ts";
import { kindAt, openRegular } from "./regular-file.ts";

/** Larger files are never read whole: no results need it. */
const MOST_BYTES = 2 ** 31;

/** @throws InteropError "missing", "malformed" for a folder or more than `most` bytes, "unsupported" for a pipe or a device, "io". */
export function readWhole(path: string, most = MOST_BYTES): Promise<Uint8Array<ArrayBuffer>> {
  return withFile(path, (file, size) => {
    if (size <= most) return readAt(file, path, 0, size);
    throw new InteropError("malformed", `${path} has ${size} bytes, more than are read.`);
  });
}

/** As `readWhole`, or undefined where there is no file. */
export async function readIfThere(
  path: string,
  most?: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return (await kindAt(path)) === "file" ? readWhole(path, most) : undefined;
}

/**
 * Bytes of a file from `start` on, as many as there are; none where there is no file, or it cannot be read: enough to recognize a
 * format. @throws InteropError "unsupported" for a pipe, a socket or a device.
 */
export async function bytesAt(path: string, start: number, length: number): Promise<Uint8Array> {
  try {
    return await withFile(path, (file, size) =>
      readAt(file, path, start, Math.max(0, Math.min(length, size - start))),
    );
  } catch (error) {
    if (error instanceof InteropError && error.code !== "unsupported") return new Uint8Array(0);
    throw error;
  }
}

/** Opens a file to read, tells its size, and closes it, whatever happens. */
export function withFile<T>(
  path: string,
  use: (file: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  return withFsErrors(path, async () => {
    const { file, size } = await openRegular(path);
    try {
      return await use(file, size);
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

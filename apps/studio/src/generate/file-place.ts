// Where one file goes, as a worker sees it: a file of the browser's own, a file of the user's disk, or, where there is neither,
// memory.
import { MemoryFile, type Output, outputInto, outputOn } from "@minisim/interop/web";

export interface FilePlace {
  /** Absent: memory, and the file is what comes back. */
  readonly handle?: FileSystemFileHandle;
  /** A file of the browser's own, beside which to put what is needed for a while. Absent: `handle` is itself such a file. */
  readonly scratch?: FileSystemFileHandle;
}

/** Calls `write` with the place; on failure nothing of what it wrote counts. @returns the file, where the place is memory. */
export async function writeAt(
  { handle, scratch }: FilePlace,
  write: (output: Output) => Promise<void>,
): Promise<Blob | null> {
  if (!handle) {
    const file = new MemoryFile();
    await write(outputOn(file));
    return file.toBlob();
  }
  if (!scratch) await withOwn(handle, (file) => write(outputOn(file)));
  else await writeToDisk(handle, scratch, write);
  return null;
}

async function withOwn(
  handle: FileSystemFileHandle,
  use: (file: FileSystemSyncAccessHandle) => Promise<void>,
): Promise<void> {
  const file = await handle.createSyncAccessHandle();
  try {
    file.truncate(0);
    await use(file);
    file.flush();
  } finally {
    file.close();
  }
}

/** The user sees the new file once it is closed. */
async function writeToDisk(
  handle: FileSystemFileHandle,
  scratch: FileSystemFileHandle,
  write: (output: Output) => Promise<void>,
): Promise<void> {
  const target = await handle.createWritable();
  let own: FileSystemSyncAccessHandle | undefined;
  try {
    await write(
      outputInto(target, async () => {
        own = await scratch.createSyncAccessHandle();
        own.truncate(0);
        return { file: own, read: () => closed(own!).then(() => scratch.getFile()) };
      }),
    );
    await target.close();
  } catch (error) {
    // It may have failed itself.
    await target.abort().catch(() => {});
    throw error;
  } finally {
    own?.close();
  }
}

async function closed(file: FileSystemSyncAccessHandle): Promise<void> {
  file.flush();
  file.close();
}

// Writes a recording beside its path and moves it there once it is complete: a writer that dies leaves no half store.
import { mkdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "../error.ts";
import type { StoreHeader } from "../header.ts";
import { createRecordingWriter, type RecordingWriter, type WriterOptions } from "../writer.ts";
import type { ChunkTarget } from "./chunk-target.ts";
import { createFolderStorage, removeGrowing } from "./folder-storage.ts";
import { withFsErrors } from "./fs-error.ts";
import { claimsToBeRecording, kindOf, partialOf, replacedOf } from "./paths.ts";

export interface FolderWriterOptions extends WriterOptions {
  /** Replace the recording at the path, on commit. Anything that is no recording is never replaced. */
  readonly force?: boolean;
}

export interface FolderWriter extends RecordingWriter {
  /** Where chunks of a movie go, as plain data: for `encodeChunkFor` in a worker, then `noteWritten` here. */
  target(array?: string): ChunkTarget;
  /** Finishes the recording and moves it to its path. */
  commit(): Promise<void>;
  /** Removes all that was written. After a commit it does nothing. */
  abort(): Promise<void>;
}

/**
 * Starts a recording at `path`, in the folder `path.partial`, and makes the folders around it; what a dead writer left there is replaced, or continued
 * with `resume`. Two writers of one path at a time are not detected.
 * @throws StoreError "exists" when something stands at the path that may not be replaced, "no_space", "no_permission", "not_a_folder". Then nothing is left behind but what was to
 *   be resumed.
 */
export async function createRecordingAt(
  path: string,
  header: StoreHeader,
  { force = false, resume = false }: FolderWriterOptions = {},
): Promise<FolderWriter> {
  await checkFree(path, force);
  const partial = partialOf(path);
  // A writer that died within its first file has left nothing to continue.
  const keep = resume && (await claimsToBeRecording(partial));
  const firstMade = await withFsErrors(partial, async () => {
    if (!keep) await rm(partial, { recursive: true, force: true });
    return mkdir(partial, { recursive: true });
  });
  const remove = () =>
    withFsErrors(partial, async () => {
      await rm(partial, { recursive: true, force: true });
      await removeEmpty(dirname(partial), firstMade);
    });
  try {
    if (keep) await removeGrowing(partial);
    const storage = createFolderStorage(partial);
    const writer = await createRecordingWriter(storage, header, { resume });
    return folderWriter(writer, path, force, remove);
  } catch (error) {
    if (!keep) await remove();
    throw error;
  }
}

function folderWriter(
  writer: RecordingWriter,
  path: string,
  force: boolean,
  remove: () => Promise<void>,
): FolderWriter {
  let committed = false;
  return {
    chunkFrames: writer.chunkFrames,
    arrays: writer.arrays,
    layout: (array) => writer.layout(array),
    pending: (array) => writer.pending(array),
    writeChunk: (index, frames, array) => writer.writeChunk(index, frames, array),
    noteWritten: (index, array) => writer.noteWritten(index, array),
    target: (array) => ({ folder: partialOf(path), layout: writer.layout(array) }),
    writeEncodedChunk: (index, chunk, array) => writer.writeEncodedChunk(index, chunk, array),
    writeTruth: () => writer.writeTruth(),
    stop: () => writer.stop(),
    finish: () => writer.finish(),
    commit: async () => {
      if (committed) return;
      await writer.finish();
      await checkFree(path, force);
      await moveIn(path);
      committed = true;
    },
    abort: async () => {
      await writer.stop();
      if (!committed) await remove();
    },
  };
}

/** The old recording goes only when the new one is in its place, and comes back when that fails. */
async function moveIn(path: string): Promise<void> {
  const replaced = replacedOf(path);
  await withFsErrors(path, async () => {
    const occupied = (await kindOf(path)) !== "nothing";
    if (occupied) {
      await rm(replaced, { recursive: true, force: true });
      await rename(path, replaced);
    }
    try {
      await rename(partialOf(path), path);
    } catch (error) {
      if (occupied) await rename(replaced, path);
      throw error;
    }
    if (occupied) await rm(replaced, { recursive: true, force: true });
  });
}

async function checkFree(path: string, force: boolean): Promise<void> {
  const kind = await kindOf(path);
  if (kind === "nothing") return;
  if (!force) {
    throw new StoreError("exists", `${path} exists already and was left as it is.`);
  }
  if (kind === "folder" && (await claimsToBeRecording(path))) return;
  throw new StoreError("exists", `${path} is not a recording, so it is not replaced.`);
}

/** Removes the folders from `folder` up to `top`, which this writer made on its way, as far as they are empty. */
async function removeEmpty(folder: string, top: string | undefined): Promise<void> {
  if (top === undefined || !folder.startsWith(top)) return;
  try {
    await rmdir(folder);
  } catch {
    return; // Somebody else has put something there meanwhile.
  }
  await removeEmpty(dirname(folder), top);
}

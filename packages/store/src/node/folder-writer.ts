// Writes a recording beside its path and moves it there once it is complete: a writer that dies leaves no half store.
import { type Claim, claim, PathError } from "@minisim/output";
import { ROOT_KEY } from "../documents.ts";
import type { StoreHeader } from "../header.ts";
import type { Storage } from "../storage.ts";
import { createRecordingWriter, type RecordingWriter, rootText } from "../writer.ts";
import type { ChunkTarget } from "./chunk-target.ts";
import { createFolderStorage, removeGrowing } from "./folder-storage.ts";
import { identityOf, RECORDING } from "./identity.ts";
import { openRecordingAt } from "./open.ts";

export interface FolderWriterOptions {
  /** Replaces the recording at the path, on commit, and what an interrupted run left beside it. Only an unchanged recording of ours is replaced. */
  readonly force?: boolean | undefined;
  /** Continues what a run of the same recording left unfinished; its whole chunks are kept, see `pending`. */
  readonly resume?: boolean | undefined;
}

export interface FolderWriter extends RecordingWriter {
  /** Where chunks of a movie go, as plain data: for `encodeChunkFor` in a worker, then `noteWritten` here. */
  target(array?: string): ChunkTarget;
  /** Finishes the recording, moves it to its path and opens it there. */
  commit(): Promise<void>;
  /** Removes all that was written. After a commit it does nothing. */
  abort(): Promise<void>;
  /** Stops, and leaves what was written for a later run with `resume`. */
  keep(): Promise<void>;
}

/**
 * Starts a recording at `path`, in the folder `path.partial`, and makes the folders around it. Nobody else can write the path until
 * the writer is committed, aborted or kept.
 * @throws PathError "exists", "foreign", "leftover", "held", "inside", "no_space", "no_permission", "not_a_folder". Then nothing was changed.
 */
export async function createRecordingAt(
  path: string,
  header: StoreHeader,
  { force, resume }: FolderWriterOptions = {},
): Promise<FolderWriter> {
  const identity = identityOf(header);
  const place = await claim(path, { ...RECORDING, form: "folder", identity, force, resume });
  try {
    if (place.continued !== "nothing") await removeGrowing(place.partial);
    const storage = createFolderStorage(place.partial);
    if (place.continued === "unknown") await checkRoot(storage, header, place.partial);
    const writer = await createRecordingWriter(storage, header, {
      resume: place.continued !== "nothing",
      sameRecording: true,
    });
    return folderWriter(writer, place);
  } catch (error) {
    await (place.continued === "nothing" ? place.abort() : place.keep());
    throw error;
  }
}

/** Without its manifest, only the root of an unfinished recording says which one it is. */
async function checkRoot(storage: Storage, header: StoreHeader, partial: string): Promise<void> {
  const root = await storage.read(ROOT_KEY);
  const texts = [false, true].map((complete) => rootText(header, complete));
  if (root && texts.includes(new TextDecoder().decode(root))) return;
  const message = `${partial} was damaged: nothing in it says any more of which recording it is a part. --force starts over without it.`;
  throw new PathError("leftover", message);
}

function folderWriter(writer: RecordingWriter, place: Claim): FolderWriter {
  return {
    chunkFrames: writer.chunkFrames,
    arrays: writer.arrays,
    layout: (array) => writer.layout(array),
    pending: (array) => writer.pending(array),
    writeChunk: (index, frames, array) => writer.writeChunk(index, frames, array),
    noteWritten: (index, array) => writer.noteWritten(index, array),
    target: (array) => ({ folder: place.partial, layout: writer.layout(array) }),
    writeEncodedChunk: (index, chunk, array) => writer.writeEncodedChunk(index, chunk, array),
    writeTruth: () => writer.writeTruth(),
    stop: () => writer.stop(),
    finish: () => writer.finish(),
    commit: async () => {
      await writer.finish();
      await place.commit();
      await openRecordingAt(place.path);
    },
    abort: async () => {
      await writer.stop();
      await place.abort();
    },
    keep: async () => {
      await writer.stop();
      await place.keep();
    },
  };
}

// Recordings to a folder and back.
import type { Recorded, Recording } from "@minisim/recording";
import type { StoreAttributes, StoreWarning } from "../attributes.ts";
import { headerOf } from "../header-of.ts";
import type { OpenOptions } from "../stored-recording.ts";
import { writeMovies } from "../write-recording.ts";
import { createRecordingAt } from "./folder-writer.ts";
import { openRecordingAt } from "./open.ts";

export interface SaveOptions {
  /** Replaces the recording at the path, if it is one of ours that nobody has changed. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a recording to the folder `path` (`NAME.zarr`), wherever the recording lies: in memory, in another store, or one that is rendered as it
 * is written. The bytes are those of a simulation streamed to that path. One chunk is in memory at a time. The stages that a recording keeps are
 * written too; a `liveRecording` keeps none.
 * @throws StoreError; PathError "exists", "foreign", "held", "no_space", …; the signal's reason when aborted. Then the path is as it was.
 */
export async function saveRecording(
  recorded: Recorded,
  path: string,
  { force, signal }: SaveOptions = {},
): Promise<void> {
  const writer = await createRecordingAt(path, await headerOf(recorded), { force });
  try {
    await writeMovies(writer, recorded, signal);
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

export interface LoadedRecording {
  readonly recording: Recording;
  readonly attributes: StoreAttributes;
  /** Those of the simulation, and "cache_key_mismatch" where it applies. */
  readonly warnings: readonly StoreWarning[];
}

/** Loads a whole recording into memory. @throws StoreError that names the damaged or missing part. */
export async function loadRecording(
  path: string,
  options: OpenOptions = {},
): Promise<LoadedRecording> {
  const stored = await openRecordingAt(path, options);
  const { attributes, warnings } = stored;
  return { recording: await stored.load(), attributes, warnings };
}

// Recordings to a folder and back.
import type { Recorded, Recording } from "@minisim/recording";
import type { StoreAttributes, StoreWarning } from "../attributes.ts";
import { headerOf, type Provenance } from "../header-of.ts";
import type { OpenOptions } from "../stored-recording.ts";
import { writeMovies } from "../write-recording.ts";
import { createRecordingAt } from "./folder-writer.ts";
import { openRecordingAt } from "./open.ts";

/**
 * Saves a recording, wherever it lies: the same bytes as if it had been streamed under the same header. One chunk of it is in memory at a time.
 * @throws StoreError or PathError, or the signal's reason when aborted, after which the path is as it was.
 */
export async function saveRecording(
  recorded: Recorded,
  path: string,
  provenance: Provenance,
  {
    force = false,
    signal,
  }: { readonly force?: boolean | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const writer = await createRecordingAt(path, await headerOf(recorded, provenance), { force });
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

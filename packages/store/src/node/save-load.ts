// Recordings in memory, to a folder and back.
import type { Recording } from "@minisim/recording";
import type { StoreAttributes, StoreWarning } from "../attributes.ts";
import { headerOf, type Provenance } from "../header.ts";
import type { OpenOptions } from "../stored-recording.ts";
import { writeMovies } from "../write-recording.ts";
import { createRecordingAt } from "./folder-writer.ts";
import { openRecordingAt } from "./open.ts";

/**
 * Saves a recording: the same bytes as if it had been streamed under the same header.
 * @throws StoreError or PathError, after which the path is as it was.
 */
export async function saveRecording(
  recording: Recording,
  path: string,
  provenance: Provenance,
  { force = false }: { readonly force?: boolean } = {},
): Promise<void> {
  const writer = await createRecordingAt(path, headerOf(recording, provenance), { force });
  try {
    await writeMovies(writer, recording);
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

// Recordings in memory, to disk and back.
import type { Recording } from "@minisim/recording";
import type { Simulator } from "@minisim/simulator";
import type { StoredRecording } from "@minisim/store";
import { openRecordingAt, saveRecording as saveAt } from "@minisim/store/node";
import { builtin } from "./builtin.ts";
import { provenance, storeWarnings } from "./header.ts";

export interface OpenRecordingOptions {
  /** Whose steps the recording's spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator;
}

export interface SaveOptions extends OpenRecordingOptions {
  /** Replaces the recording at the path, if it is one of ours that nobody has changed. */
  readonly force?: boolean;
}

/** Opens a store without reading its movie. A recording that today's steps would not reproduce has a warning that says so. */
export async function openRecording(
  path: string,
  { simulator = builtin }: OpenRecordingOptions = {},
): Promise<StoredRecording> {
  const stored = await openRecordingAt(path);
  // The key of a spec with steps that the simulator does not know cannot be recomputed.
  if (!simulator.Spec.safeParse(stored.spec).ok) return stored;
  return openRecordingAt(path, { cacheKey: simulator.Spec.cacheKey });
}

/** The whole recording, in memory. @throws StoreError with the damaged or missing part. */
export async function loadRecording(
  path: string,
  options: OpenRecordingOptions = {},
): Promise<Recording> {
  return (await openRecording(path, options)).load();
}

/** Writes a recording to the folder `path` (`NAME.zarr`). @throws PathError "exists", "foreign", "held", "no_space", ... */
export async function saveRecording(
  recording: Recording,
  path: string,
  { simulator = builtin, force = false }: SaveOptions = {},
): Promise<void> {
  const { spec, warnings } = recording;
  const origin = { ...provenance(spec, simulator), warnings: storeWarnings(warnings) };
  await saveAt(recording, path, origin, { force });
}

// Recordings to disk and back.
import type { Recorded, Recording } from "@minisim/recording";
import type { Simulator } from "@minisim/simulator";
import { isStoredRecording, type Provenance, type StoredRecording } from "@minisim/store";
import { openRecordingAt, saveRecording as saveAt } from "@minisim/store/node";
import { builtin } from "./builtin.ts";
import { provenance } from "./header.ts";

export interface OpenRecordingOptions {
  /** Whose steps the recording's spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator;
}

export interface SaveOptions extends OpenRecordingOptions {
  /** Replaces the recording at the path, if it is one of ours that nobody has changed. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
}

/** Opens a store without reading its movie. A recording that today's steps would not reproduce has a warning that says so. */
export async function openRecording(
  path: string,
  { simulator = builtin }: OpenRecordingOptions = {},
): Promise<StoredRecording> {
  const stored = await openRecordingAt(path);
  const { migrate, safeParse, cacheKey } = simulator.Spec;
  const today = safeParse(migrate(stored.spec).spec);
  // The key of a spec with steps that the simulator does not know cannot be recomputed.
  if (!today.ok) return stored;
  return openRecordingAt(path, { cacheKey: () => cacheKey(today.spec) });
}

/** The whole recording, in memory. @throws StoreError with the damaged or missing part. */
export async function loadRecording(
  path: string,
  options: OpenRecordingOptions = {},
): Promise<Recording> {
  return (await openRecording(path, options)).load();
}

/**
 * Writes a recording to the folder `path` (`NAME.zarr`): one in memory, in another store, or one that is rendered as it is written. Memory holds
 * one chunk of it. The stages that a recording keeps are written too; a `liveRecording` keeps none.
 * @throws PathError "exists", "foreign", "held", "no_space", ...; the signal's reason when aborted.
 */
export async function saveRecording(
  recorded: Recorded,
  path: string,
  { simulator = builtin, force = false, signal }: SaveOptions = {},
): Promise<void> {
  await saveAt(recorded, path, provenanceOf(recorded, simulator), { force, signal });
}

/** What a store says of its origin goes with the recording; today's steps speak only for what they made. */
function provenanceOf(recorded: Recorded, simulator: Simulator): Provenance {
  if (isStoredRecording(recorded)) return recorded.attributes;
  const given = recorded.cache_key ?? "";
  const asStored = { cache_key: given, step_revisions: {} };
  // One of the first edition, or with steps that the simulator does not know.
  if (given !== "" && !simulator.Spec.safeParse(recorded.spec).ok) return asStored;
  const today = provenance(recorded.spec, simulator);
  return given === "" || given === today.cache_key ? today : asStored;
}

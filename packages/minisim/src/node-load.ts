// Recordings from disk and from elsewhere, beside what today's steps would make of their specs.
import type { Recording } from "@minisim/recording";
import type { Simulator } from "@minisim/simulator";
import {
  createHttpStorage,
  isObjectAddress,
  isWebAddress,
  type OpenOptions,
  openRecording as openStore,
  type StoredRecording,
  StoreError,
} from "@minisim/store";
import { openRecordingAt } from "@minisim/store/node";
import { openRecordingIn } from "@minisim/store/objects";
import { builtin } from "./builtin.ts";
import { objectsAt } from "./node-objects.ts";

export interface OpenRecordingOptions {
  /** Whose steps the recording's spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator;
}

/** Opens a store, in a folder, at an address of the web or of S3 (with `@minisim/store-s3`), without reading its movie. A recording that today's steps would not reproduce has a warning that says so. */
export async function openRecording(
  path: string,
  { simulator = builtin }: OpenRecordingOptions = {},
): Promise<StoredRecording> {
  const kinds = simulator.steps.map(({ kind }) => kind);
  const open = await openerOf(path);
  const { migrate, safeParse, cacheKey } = simulator.Spec;
  return open({
    kinds,
    cacheKey: (spec) => {
      const today = safeParse(migrate(spec).spec);
      // The key of a spec with steps that the simulator does not know cannot be recomputed.
      return today.ok ? cacheKey(today.spec) : undefined;
    },
  });
}

async function openerOf(path: string): Promise<(options: OpenOptions) => Promise<StoredRecording>> {
  if (isWebAddress(path)) return (options) => openFrom(path, options);
  if (!isObjectAddress(path)) return (options) => openRecordingAt(path, options);
  const objects = await objectsAt(path);
  return (options) => openRecordingIn(objects, options);
}

async function openFrom(address: string, options: OpenOptions): Promise<StoredRecording> {
  try {
    return await openStore(createHttpStorage(address), options);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === "not_a_recording")) throw error;
    throw new StoreError("not_a_recording", `There is no recording at ${address}.`, {
      cause: error,
    });
  }
}

/** The whole recording, in memory. @throws StoreError with the damaged or missing part. */
export async function loadRecording(
  path: string,
  options: OpenRecordingOptions = {},
): Promise<Recording> {
  return (await openRecording(path, options)).load();
}

// How far a recording is, and its end, in a folder or in an object store.
import { isObjectAddress } from "@minisim/store";
import { finishShardsAt, type RecordingStatus, recordingStatusAt } from "@minisim/store/node";
import { finishObjects, objectsStatus } from "@minisim/store/objects";
import { objectsAt } from "./node-objects.ts";

/** How far a recording is, by the files that are there: they are counted, not read. @throws StoreError, PathError where something else is there. */
export const recordingStatus = async (path: string): Promise<RecordingStatus> =>
  isObjectAddress(path) ? objectsStatus(await objectsAt(path)) : recordingStatusAt(path);

/**
 * Reads and checks every chunk that the shards of a recording have written, and makes the recording of them. It may be called again, and by several
 * processes at once.
 * @throws StoreError "incomplete" that names the shards to run again; "not_a_recording"; PathError.
 */
export const finishShards = async (path: string): Promise<void> =>
  isObjectAddress(path) ? finishObjects(await objectsAt(path)) : finishShardsAt(path);

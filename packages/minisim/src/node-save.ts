// Recordings into a folder or an object store.
import type { Recorded } from "@minisim/recording";
import { headerOf, isObjectAddress, writeMovies } from "@minisim/store";
import { type SaveOptions, saveRecording as saveInFolder } from "@minisim/store/node";
import { checkObjects, createRecordingIn } from "@minisim/store/objects";
import { objectsAt } from "./node-objects.ts";
import { refuseForce } from "./node-place.ts";

/**
 * Writes a recording to `path` (`NAME.zarr`, or `s3://BUCKET/NAME.zarr` with `@minisim/store-s3`), wherever the recording lies: in memory, in another store, or
 * one that is rendered as it is written. The bytes are those of a simulation streamed to that path. One chunk is in memory at a time. The stages that a
 * recording keeps are written too; a `liveRecording` keeps none.
 * @throws StoreError; PathError "exists", "foreign", "held", "no_space", …; the signal's reason when aborted. Then a path is as it was, and at an
 *   address is what the next run goes on with.
 */
export async function saveRecording(
  recorded: Recorded,
  path: string,
  options: SaveOptions = {},
): Promise<void> {
  if (!isObjectAddress(path)) return saveInFolder(recorded, path, options);
  if (options.force) refuseForce(path);
  const objects = await objectsAt(path);
  await checkObjects(objects);
  const writer = await createRecordingIn(objects, await headerOf(recorded));
  await writeMovies(writer, recorded, options.signal);
  await writer.commit();
}

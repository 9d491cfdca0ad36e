// Opens the recording in a folder.
import { StoreError } from "../error.ts";
import { type OpenOptions, openRecording, type StoredRecording } from "../stored-recording.ts";
import { createFolderStorage } from "./folder-storage.ts";
import { isPartial, kindOf, partialOf } from "./paths.ts";

/** `openRecording` for a folder. @throws StoreError, "incomplete" also for what a writer left beside the path. */
export async function openRecordingAt(
  path: string,
  options: OpenOptions = {},
): Promise<StoredRecording> {
  const kind = await kindOf(path);
  if (kind === "file") {
    throw new StoreError("not_a_recording", `${path} is a file; a recording is a folder.`);
  }
  if (kind === "folder" && isPartial(path)) {
    throw new StoreError("incomplete", `${path} is what a writer left unfinished.`);
  }
  if (kind === "nothing") {
    if ((await kindOf(partialOf(path))) === "nothing") {
      throw new StoreError("not_a_recording", `There is no recording at ${path}.`);
    }
    throw new StoreError(
      "incomplete",
      `The recording ${path} was never finished; its writer left ${partialOf(path)}.`,
    );
  }
  return openRecording(createFolderStorage(path), options);
}

// Opens the recording in a folder.
import { stat } from "node:fs/promises";
import { codeOf, isPartial, partialOf, sharedOf, withFsErrors } from "@minisim/output";
import { StoreError } from "../error.ts";
import { type OpenOptions, openRecording, type StoredRecording } from "../stored-recording.ts";
import { createFolderStorage } from "./folder-storage.ts";

/** `openRecording` for a folder. @throws StoreError, "incomplete" also for what a writer left beside the path; PathError. */
export async function openRecordingAt(
  path: string,
  options: OpenOptions = {},
): Promise<StoredRecording> {
  const found = await kindOf(path);
  if (found === "other") {
    throw new StoreError("not_a_recording", `${path} is a file; a recording is a folder.`);
  }
  if (found === "folder" && isPartial(path)) {
    throw new StoreError("incomplete", `${path} is what a writer left unfinished.`);
  }
  if (found === "nothing") {
    if ((await kindOf(sharedOf(path))) === "folder") {
      const message = `The recording ${path} is not finished: its shards are in ${sharedOf(path)}.`;
      throw new StoreError("incomplete", message);
    }
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

function kindOf(path: string): Promise<"nothing" | "folder" | "other"> {
  return withFsErrors(path, async () => {
    try {
      return (await stat(path)).isDirectory() ? "folder" : "other";
    } catch (error) {
      if (codeOf(error) === "ENOENT") return "nothing";
      throw error;
    }
  });
}

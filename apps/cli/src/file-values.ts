// Files that a spec refers to, `{ file: PATH }` in place of a list, read by what knows their formats.
import { resolve } from "node:path";
import type { FileReference } from "@minisim/spec";

/** Reads what a reference stands for; its path starts at the folder. @throws InteropError */
export function fileReaderIn(folder: string) {
  return async ({ content, file, dataset }: FileReference): Promise<unknown> => {
    // Loaded for specs that refer to files alone.
    const { readEvents, readTraces } = await import("@minisim/interop");
    const read = content === "events" ? readEvents : readTraces;
    return read(resolve(folder, file), { dataset });
  };
}

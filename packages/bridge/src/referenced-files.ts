// Files that a spec refers to, `{ file: PATH }` in place of a list.
import type { FileReference } from "@minisim/spec";

const ABSOLUTE = /^([/\\]|[a-z]:)/i;

/** Reads what a reference stands for; its path starts at the folder. @throws InteropError */
export function readReferenced(folder: string) {
  return async ({ content, file, dataset }: FileReference): Promise<unknown> => {
    // Loaded for specs that refer to files alone.
    const { readEvents, readTraces } = await import("@minisim/interop");
    const read = content === "events" ? readEvents : readTraces;
    return read(ABSOLUTE.test(file) ? file : `${folder}/${file}`, { dataset });
  };
}

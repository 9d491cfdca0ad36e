// A run as a folder of the user's: a copy of what the cache has, with more files of ours beside it.
import { constants } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ClaimOptions, checkClaim, writeClaimed } from "@minisim/output";
import { RUN_FILE } from "./adapter-schema.ts";
import type { FinishedRun } from "./run.ts";
import type { RunDocument } from "./run-document.ts";

export interface PublishOptions {
  /** Replaces a run that nobody has changed since. */
  readonly force?: boolean | undefined;
  /** Paths that are read meanwhile. */
  readonly inputs?: readonly string[];
}

// Of the folder itself: who owns it.
const MANIFEST = ".minisim.json";

const claimOf = ({ force, inputs = [] }: PublishOptions): ClaimOptions => ({
  kind: "pipeline_run",
  form: "folder",
  // It grows in a folder of ours, and a pipeline may call its files what it likes.
  owns: (name) => name !== MANIFEST,
  force,
  inputs,
});

/** Whether a run could go there: to be asked before the work that makes it. @throws PathError "exists", "foreign", "inside". */
export const checkPublish = (path: string, options: PublishOptions): Promise<void> =>
  checkClaim(path, claimOf(options));

/** Copies a run to `path`, which appears once it is complete. @throws PathError. */
export async function publishRun(
  run: FinishedRun,
  path: string,
  more: Readonly<Record<string, string>>,
  options: PublishOptions,
): Promise<void> {
  await writeClaimed(path, claimOf(options), async (partial) => {
    // A copy that shares its blocks, where the file system knows how.
    await cp(run.path, partial, { recursive: true, mode: constants.COPYFILE_FICLONE });
    for (const [name, content] of Object.entries(more))
      await writeFile(join(partial, name), content);
  });
}

/** The run that stands at a path; undefined where there is none. */
export async function publishedRun(path: string): Promise<RunDocument | undefined> {
  try {
    return JSON.parse(await readFile(join(path, RUN_FILE), "utf8")) as RunDocument;
  } catch {
    return undefined;
  }
}

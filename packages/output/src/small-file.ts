// Small files that are made in memory: pictures, reports, templates, tables. They appear whole, and replace nobody else's.
import { randomUUID } from "node:crypto";
import { link, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { syncPath } from "./durable.ts";
import { PathError } from "./error.ts";
import { codeOf, withFsErrors } from "./fs-error.ts";
import { standingOfFile } from "./ownership.ts";
import { makeFolders, refuseInside, targetOf } from "./paths.ts";

export interface SmallFileOptions {
  /** What the file was sealed as, with `sealText` or `sealPng`. */
  readonly kind: string;
  /** Replaces a file of this kind that nobody has edited since. */
  readonly force?: boolean | undefined;
  /** Paths that are read meanwhile. */
  readonly inputs?: readonly string[];
}

/**
 * Whether the file could be written now: to be asked before the work that makes it.
 * @throws PathError "exists" where `force` would help, "foreign", "inside".
 */
export async function checkSmallFile(path: string, options: SmallFileOptions): Promise<void> {
  const { kind, force = false, inputs = [] } = options;
  const target = await targetOf(path);
  await refuseInside(target, inputs);
  const standing = await withFsErrors(target, () => standingOfFile(target, kind, true));
  if (standing === "nothing" || (standing === "ours" && force)) return;
  if (standing !== "ours") throw new PathError("foreign", standing.sentence);
  throw new PathError("exists", `${path} exists already and was left as it is.`);
}

/** Writes the file; folders around it are made. @throws PathError as `checkSmallFile`, and failures of the file system. */
export async function writeSmallFile(
  path: string,
  content: string | Uint8Array,
  options: SmallFileOptions,
): Promise<void> {
  await checkSmallFile(path, options);
  const target = await targetOf(path);
  await makeFolders(dirname(target));
  await withFsErrors(path, () => writeWhole(target, content, options.force ?? false));
}

/** Writes beside the path, then moves: neither a kill nor a power cut leaves half a file of this name. @throws the file system's error. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  replace = true,
): Promise<void> {
  const growing = join(dirname(path), `.${basename(path)}.${randomUUID()}.growing`);
  try {
    const file = await open(growing, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (replace) await rename(growing, path);
    else await moveToFree(growing, path);
    await syncPath(dirname(path), true);
  } finally {
    await rm(growing, { force: true });
  }
}

/** A rename would replace what has come to the path meanwhile; a link does not. */
async function moveToFree(growing: string, path: string): Promise<void> {
  try {
    await link(growing, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw error;
    // The file system knows no hard links.
    const free = await open(path, "wx");
    await free.close();
    await rename(growing, path);
  }
}

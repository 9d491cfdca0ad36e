// Claims a path: from then on nobody else writes it, what is made for it grows beside it, and it appears there whole or not at all.
import { rename, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { completeFolder } from "./complete.ts";
import { syncPath } from "./durable.ts";
import { inTheWay, PathError } from "./error.ts";
import { withFsErrors } from "./fs-error.ts";
import { type Continued, type Draft, openPartial } from "./leftover.ts";
import { type Release, takeLock } from "./lock.ts";
import { checkWhole, isManifest, readManifest, writeManifest } from "./manifest.ts";
import { kindAt, standingOfFile, standingOfFolder } from "./ownership.ts";
import {
  isPartial,
  lockOf,
  makeFolders,
  partialOf,
  refuseAddress,
  refuseInside,
  removeEmpty,
  replacedOf,
  targetOf,
} from "./paths.ts";
import { ownerInWords } from "./process-identity.ts";
import { type Owns, removeOwn } from "./remove.ts";
import { removeReplaced, settleReplaced } from "./replaced.ts";
import { refuseShards } from "./shared-output.ts";

export interface ClaimOptions {
  /** What it is, in the words of manifests and marks: "recording", "tiff". It is replaced by one of its kind only. */
  readonly kind: string;
  readonly form: "file" | "folder";
  /** Of a folder: whether a file in it, by its relative name, is one that the writer makes. */
  readonly owns?: Owns;
  /** Replaces what stands at the path, if it is ours and unchanged, once the new one is complete. */
  readonly force?: boolean | undefined;
  /** Continues an unfinished output of the same `identity`. */
  readonly resume?: boolean | undefined;
  /** What exactly is written, where an unfinished output can be continued. */
  readonly identity?: string;
  /** Paths that are read meanwhile. */
  readonly inputs?: readonly string[];
}

export interface Claim {
  /** Where the output goes, with links followed. */
  readonly path: string;
  /** Where it is made: a folder that is there, or a file that is not. */
  readonly partial: string;
  /** What of an earlier run `partial` holds. "unknown": after a power cut, what was written there cannot be told from its manifest. */
  readonly continued: Continued;
  /** Moves the output to its path, once it is on the disk. */
  commit(): Promise<void>;
  /** Removes what was made and gives the path back. After a commit it does nothing. */
  abort(): Promise<void>;
  /** Leaves what was made for a later run to continue, and gives the path back. */
  keep(): Promise<void>;
}

/**
 * Claims `path`; the folders around it are made.
 * @throws PathError "exists", "foreign", "leftover", "held", "inside", and failures of the file system. Then nothing was changed.
 */
export async function claim(path: string, options: ClaimOptions): Promise<Claim> {
  const target = await placeOf(path, options);
  const firstMade = await makeFolders(dirname(target));
  try {
    const release = await exclusively(target);
    try {
      return await claimed(target, firstMade, release, options);
    } catch (error) {
      await release();
      throw error;
    }
  } catch (error) {
    await removeEmpty(dirname(target), firstMade);
    throw error;
  }
}

/**
 * Whether the path could be claimed as far as one sees without claiming it: to be asked before the work that makes the output.
 * @throws PathError "exists", "foreign", "inside", "leftover" where shards make it.
 */
export async function checkClaim(path: string, options: ClaimOptions): Promise<void> {
  await refuseOccupied(await placeOf(path, options), options);
}

async function placeOf(path: string, { kind, form, inputs = [] }: ClaimOptions): Promise<string> {
  refuseAddress(path);
  if (isPartial(path)) {
    const message = `${path}: names that end in .partial are those of unfinished outputs. Choose another name.`;
    throw new PathError("inside", message);
  }
  const target = await targetOf(path);
  await refuseInside(target, inputs);
  if (form === "folder") await refuseShards(target, kind);
  return target;
}

/** Claims a path for as long as `write` runs, which makes the output at `partial`. */
export async function writeClaimed(
  path: string,
  options: ClaimOptions,
  write: (partial: string) => Promise<void>,
): Promise<void> {
  const claimed = await claim(path, options);
  try {
    await withFsErrors(path, () => write(claimed.partial));
    await claimed.commit();
  } catch (error) {
    await claimed.abort();
    throw error;
  }
}

async function exclusively(target: string): Promise<Release> {
  const path = lockOf(target);
  const taken = await withFsErrors(target, () => takeLock(path));
  if (typeof taken === "function") return taken;
  if (taken === "stranger") {
    throw inTheWay(path, "is no lock of minisim's");
  }
  throw new PathError("held", `${target} is being written by ${ownerInWords(taken)}.`);
}

async function claimed(
  target: string,
  firstMade: string | undefined,
  release: Release,
  options: ClaimOptions,
): Promise<Claim> {
  const { kind, form, force = false, resume = false, identity } = options;
  const owns = options.owns ?? ((name: string) => name === basename(target));
  const draft: Draft = { kind, owns, resume, force, ...(identity !== undefined && { identity }) };
  const folder = partialOf(target);
  await withFsErrors(target, () => settleReplaced(target));
  await refuseOccupied(target, options);
  const continued = await withFsErrors(folder, () => openPartial(folder, draft));
  let open = true;
  const end = async (last: () => Promise<void>) => {
    if (!open) return;
    open = false;
    try {
      await last();
    } finally {
      await release();
    }
  };
  return {
    path: target,
    partial: form === "folder" ? folder : join(folder, basename(target)),
    continued,
    commit: async () => {
      if (!open) return;
      await withFsErrors(target, async () => {
        if (form === "folder")
          await completeFolder(folder, draft, (manifest) => writeManifest(folder, manifest));
        await refuseOccupied(target, options);
        if (form === "folder") await moveFolderIn(folder, target);
        else await moveFileIn(folder, target);
      });
      await end(async () => {});
    },
    abort: async () => {
      // Where somebody has put something of theirs, all of it stays; the next run names it.
      await end(() => removeOwn(folder, owns).catch(() => {}));
      await removeEmpty(dirname(target), firstMade);
    },
    keep: () => end(async () => {}),
  };
}

/** @throws PathError "exists" where `force` would help, else "foreign". */
async function refuseOccupied(target: string, { kind, form, force }: ClaimOptions): Promise<void> {
  const standing = await withFsErrors(target, () =>
    form === "folder" ? standingOfFolder(target, kind) : standingOfFile(target, kind, false),
  );
  if (standing === "nothing" || (standing === "ours" && force)) return;
  if (standing === "ours") {
    throw new PathError("exists", `${target} exists already and was left as it is.`);
  }
  throw new PathError("foreign", standing.sentence);
}

/** What was there goes only when the new one is in its place, and comes back when that fails. */
async function moveFolderIn(folder: string, target: string): Promise<void> {
  const replaced = replacedOf(target);
  const manifest = await readManifest(target);
  if (manifest !== undefined) await rename(target, replaced);
  // An empty folder has no manifest.
  else if ((await kindAt(target)) === "folder") await rmdir(target);
  try {
    await rename(folder, target);
  } catch (error) {
    if (manifest !== undefined) await rename(replaced, target);
    throw error;
  }
  await syncPath(dirname(target), true);
  await checkWhole(target);
  if (manifest !== undefined) await removeReplaced(replaced);
}

async function moveFileIn(folder: string, target: string): Promise<void> {
  const grown = join(folder, basename(target));
  await syncPath(grown, false);
  // A file takes the place of another at once.
  await rename(grown, target);
  await syncPath(dirname(target), true);
  await removeOwn(folder, isManifest);
}

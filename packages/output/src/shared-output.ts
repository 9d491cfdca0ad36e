// An output that many processes make at the same time, on one machine or on a hundred: a folder beside its path that all of them see.
//
// It has no lock. The number of a process says nothing on another machine, and of a machine that is silent nobody can tell whether it
// was taken away or only held up. None is needed, because no two writers can disagree:
// - what each file must hold follows from the identity of the output, so whoever writes a file twice writes the same bytes;
// - a file is written under a name of its own in `growing`, put onto the disk, and gets its name by one rename: it is whole or not there;
// - the output is published by one rename of one folder, which succeeds once. Whoever still writes then finds the folder gone, and the
//   finished output in its place. Nobody makes the folder anew without looking for that first.
import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { completeFolder } from "./complete.ts";
import { syncPath } from "./durable.ts";
import { inTheWay, PathError } from "./error.ts";
import { codeOf, withFsErrors } from "./fs-error.ts";
import { checkWhole, MANIFEST, type Manifest, manifestText, readManifest } from "./manifest.ts";
import { kindAt, standingOfFolder } from "./ownership.ts";
import { isPartial, makeFolders, refuseAddress, refuseInside, targetOf } from "./paths.ts";
import { type Owns, removeOwn } from "./remove.ts";

export interface SharedOptions {
  /** In the words of manifests: "recording". */
  readonly kind: string;
  /** What exactly is made, as for `claim`: a hash in hexadecimal. */
  readonly identity: string;
  /** Whether a file of the output, by its relative name, is one that its writers make. */
  readonly owns: Owns;
  /** Names of files that the writers put beside the output, in the folder that holds it. */
  readonly beside: readonly string[];
}

/** Where files of an output that is shared go: plain data, so that it can be sent to a worker. */
export interface SharedPlace {
  /** The output as it grows. */
  readonly folder: string;
  /** Where a file is until it is whole. */
  readonly growing: string;
}

export interface SharedOutput extends SharedPlace {
  /** Where the output goes, with links followed. */
  readonly path: string;
  /** What all of it is in until then; files beside the output may be put here. */
  readonly work: string;
  readonly identity: string;
  /** Whether the output is at its path by now, whoever put it there. */
  isPublished(): Promise<boolean>;
  /** Moves the output to its path, or finds that another has done so, and clears away what is left. The caller knows that it is whole. */
  publish(): Promise<void>;
  /** Clears away what is left where the output is published. */
  clear(): Promise<void>;
}

const ENDING = ".shards";
const GROWING = "growing";
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The folder in which the shards of an output meet. */
export const sharedOf = (path: string): string => `${resolve(path)}${ENDING}`;

/**
 * Joins those who make the output at `path`; the folders around it are made. Where it is published already, nothing is made or kept.
 * @throws PathError "foreign", "leftover" where shards of something else are there, "inside", and failures of the file system.
 */
export async function joinShared(path: string, options: SharedOptions): Promise<SharedOutput> {
  refuseAddress(path);
  if (isPartial(path) || resolve(path).endsWith(ENDING)) {
    const message = `${path}: names that end in .partial or ${ENDING} are those of unfinished outputs. Choose another name.`;
    throw new PathError("inside", message);
  }
  const target = await targetOf(path);
  await refuseInside(target, []);
  const shared = sharedAt(target, options);
  if (await shared.isPublished()) {
    await shared.clear();
    return shared;
  }
  await refuseOccupied(target, options.kind);
  await makeFolders(dirname(target));
  try {
    await withFsErrors(shared.work, () => openWork(shared, options));
  } catch (error) {
    if (!(await shared.isPublished())) throw error;
  }
  // After the folder was made: it may have been removed just before, by whoever has published meanwhile.
  if (await shared.isPublished()) await shared.clear();
  return shared;
}

/** The shared output that is growing for `path`; undefined where there is none. @throws PathError "foreign" where its folder is not ours. */
export async function findShared(
  path: string,
  options: Omit<SharedOptions, "identity">,
): Promise<SharedOutput | undefined> {
  const target = await targetOf(path);
  const work = sharedOf(target);
  const manifest = await withFsErrors(work, () => manifestOfWork(work));
  if (manifest?.identity === undefined || manifest.kind !== options.kind) return undefined;
  return sharedAt(target, { ...options, identity: manifest.identity });
}

/**
 * For whoever wants to make the output alone.
 * @throws PathError "leftover" where shards of the same kind of output are under work for it. What they left of one that is published is in nobody's way.
 */
export async function refuseShards(target: string, kind: string): Promise<void> {
  const work = sharedOf(target);
  const [own, published] = await withFsErrors(work, async () => [
    await readManifest(work),
    await readManifest(target),
  ]);
  if (own === undefined || own === "damaged" || own.kind !== kind) return;
  if (published !== undefined && published !== "damaged" && published.identity === own.identity)
    return;
  const message = `${work} holds the shards of an unfinished ${kind}: --shard goes on with them, finish puts them together. Remove that folder to make it alone, or choose another path.`;
  throw new PathError("leftover", message);
}

/**
 * Writes a file by `write`, which gets the name that it has until it is whole. Folders inside the output are made; the output itself is
 * not, because one that is gone is published. @throws the file system's error.
 */
export async function placeFile(
  { folder, growing }: SharedPlace,
  name: string,
  write: (growing: string) => Promise<void>,
): Promise<void> {
  const own = join(growing, randomUUID());
  try {
    await write(own);
    await syncPath(own, false);
    await makeWithin(folder, dirname(name));
    await rename(own, join(folder, name));
  } finally {
    await rm(own, { force: true });
  }
}

async function makeWithin(folder: string, name: string): Promise<void> {
  if (name === ".") return;
  try {
    await mkdir(join(folder, name));
  } catch (error) {
    if (codeOf(error) === "EEXIST") return;
    if (codeOf(error) !== "ENOENT") throw error;
    if (dirname(name) === ".") throw error;
    await makeWithin(folder, dirname(name));
    await makeWithin(folder, name);
  }
}

function sharedAt(target: string, options: SharedOptions): SharedOutput {
  const { kind, identity, owns } = options;
  const work = sharedOf(target);
  // By its identity, so that two outputs could not mix even where both were let in.
  const folder = join(work, identity.slice(0, 16));
  const growing = join(work, GROWING);
  const isPublished = () => withFsErrors(target, () => isOutput(target, options));
  const clear = () => clearWork({ folder, growing }, work, options);
  return {
    path: target,
    work,
    folder,
    growing,
    identity,
    isPublished,
    clear,
    publish: async () => {
      try {
        await withFsErrors(target, async () => {
          await completeFolder(folder, { kind, identity, owns }, (manifest) =>
            placeFile({ folder, growing }, MANIFEST, (own) =>
              writeFile(own, manifestText(manifest)),
            ),
          );
          // An empty folder is nobody's loss.
          await rmdir(target).catch(() => {});
          await rename(folder, target);
        });
      } catch (error) {
        if (!(await isPublished())) {
          await refuseOccupied(target, kind);
          throw error;
        }
      }
      await withFsErrors(target, () => syncPath(dirname(target), true));
      await checkWhole(target);
      await clear();
    },
  };
}

async function isOutput(path: string, { kind, identity }: SharedOptions): Promise<boolean> {
  const manifest = await readManifest(path);
  return (
    manifest !== undefined &&
    manifest !== "damaged" &&
    manifest.state === "complete" &&
    manifest.kind === kind &&
    manifest.identity === identity
  );
}

async function refuseOccupied(target: string, kind: string): Promise<void> {
  const standing = await withFsErrors(target, () => standingOfFolder(target, kind));
  if (standing === "nothing") return;
  if (standing !== "ours") throw new PathError("foreign", standing.sentence);
  if ((await readdir(target)).length === 0) return;
  const message = `${target} is another ${kind}, and shards replace nothing. Remove it, or choose another path.`;
  throw new PathError("foreign", message);
}

/** The manifest of the folder where shards meet; undefined where there is none yet. @throws PathError "foreign". */
async function manifestOfWork(work: string): Promise<Manifest | undefined> {
  const found = await kindAt(work);
  if (found === "nothing") return undefined;
  const manifest = found === "folder" ? await readManifest(work) : undefined;
  if (manifest === "damaged") throw inTheWay(work, "has a damaged manifest");
  // A process that was killed before anything else has left `growing` at most.
  const isBare = found === "folder" && (await readdir(work)).every((name) => name === GROWING);
  if (manifest === undefined && !isBare) throw inTheWay(work, "was not made by minisim");
  return manifest;
}

async function openWork(shared: SharedOutput, { kind, identity }: SharedOptions): Promise<void> {
  const { work, folder, growing } = shared;
  if ((await manifestOfWork(work)) === undefined) {
    await makeFolders(work);
    await makeFolders(growing);
    await leaveFile(
      growing,
      join(work, MANIFEST),
      manifestText({ kind, state: "partial", identity }),
    );
  }
  // Of two that came at the same time, one has left it.
  const manifest = await manifestOfWork(work);
  if (manifest?.kind !== kind || manifest.identity !== identity) {
    const message = `${work} holds shards of another ${kind}: of another spec, another --set, or another version of minisim. Finish that one, remove the folder, or choose another path.`;
    throw new PathError("leftover", message);
  }
  await makeFolders(growing);
  await makeFolders(folder);
}

/** Writes a file whole where there is none. */
async function leaveFile(growing: string, path: string, text: string): Promise<void> {
  const own = join(growing, randomUUID());
  try {
    await writeFile(own, text);
    await syncPath(own, false);
    // A rename would replace what has come meanwhile; a link does not. Where there are no links, what is replaced is as good.
    await link(own, path).catch((error: unknown) =>
      codeOf(error) === "EEXIST" ? undefined : rename(own, path),
    );
  } finally {
    await rm(own, { force: true });
  }
}

/** Removes what shards left of an output that is published, and nothing else: what is not theirs stays, and its folder with it. */
async function clearWork(
  { folder, growing }: SharedPlace,
  work: string,
  { owns, beside }: SharedOptions,
): Promise<void> {
  const ignore = () => {};
  for (const name of await readdir(growing).catch(() => [])) {
    if (UUID.test(name)) await rm(join(growing, name), { force: true }).catch(ignore);
  }
  await rmdir(growing).catch(ignore);
  // There again where a shard began just before the output was published.
  await removeOwn(folder, owns).catch(ignore);
  const known = [basename(folder), GROWING, MANIFEST, ...beside];
  const others = (await readdir(work).catch(() => [])).filter((name) => !known.includes(name));
  if (others.length > 0) return;
  // The manifest goes last: a folder whose removal was interrupted is still known as ours.
  for (const name of [...beside, MANIFEST]) {
    await rm(join(work, name), { force: true }).catch(ignore);
  }
  await rmdir(work).catch(ignore);
}

// A folder of ours that stays open: runs come back to it and add to it, one at a time.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inTheWay, PathError } from "./error.ts";
import { codeOf, withFsErrors } from "./fs-error.ts";
import { takeLock } from "./lock.ts";
import {
  isBare,
  MANIFEST,
  type Manifest,
  manifestText,
  readManifest,
  writeManifest,
} from "./manifest.ts";
import { kindAt } from "./ownership.ts";
import { lockOf, makeFolders, refuseInside, targetOf } from "./paths.ts";
import { ownerInWords } from "./process-identity.ts";
import { writeWhole } from "./small-file.ts";

export interface WorkFolder {
  /** With links followed. */
  readonly path: string;
  /** Whether an earlier run made it. */
  readonly existed: boolean;
  /** Writes a file that a person may edit; it is replaced only while nobody has. @throws PathError "foreign". */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Gives the folder back. */
  release(): Promise<void>;
}

/**
 * Opens the folder, alone: it is new, empty, or one of this kind. `files` are those of `write`.
 * @throws PathError "foreign", "held", "inside", and failures of the file system.
 */
export async function openWorkFolder(
  path: string,
  kind: string,
  files: readonly string[],
  inputs: readonly string[] = [],
): Promise<WorkFolder> {
  const target = await targetOf(path);
  await refuseInside(target, inputs);
  await makeFolders(dirname(target));
  const taken = await withFsErrors(target, () => takeLock(lockOf(target)));
  if (taken === "stranger") throw inTheWay(lockOf(target), "is no lock of minisim's");
  if (typeof taken !== "function") {
    throw new PathError("held", `${target} is being used by ${ownerInWords(taken)}.`);
  }
  try {
    await makeFolders(target);
    const found = await withFsErrors(target, () => manifestOf(target, kind));
    let manifest: Manifest = found ?? { kind, state: "working", sha256: {} };
    if (!found) await withFsErrors(target, () => writeManifest(target, manifest));
    for (const name of files) await refuseEdited(target, name, manifest);
    const note = async (name: string, hashes: readonly string[]) => {
      manifest = { ...manifest, sha256: { ...manifest.sha256, [name]: hashes } };
      await withFsErrors(target, () => writeManifest(target, manifest));
    };
    return {
      path: target,
      existed: found !== undefined,
      release: taken,
      write: async (name, content) => {
        const file = join(target, name);
        await refuseEdited(target, name, manifest);
        const hash = sha256Of(content);
        await note(name, [...(manifest.sha256?.[name] ?? []), hash]);
        await withFsErrors(file, () => writeWhole(file, content));
        await note(name, [hash]);
      },
    };
  } catch (error) {
    await taken();
    throw error;
  }
}

/**
 * Makes sure that the folder is one of this kind, for processes that add to it at the same time, on any machine: each writes files of its own,
 * whole, and nobody waits. Returns the path with links followed.
 * @throws PathError "foreign", "inside", and failures of the file system.
 */
export async function shareWorkFolder(path: string, kind: string): Promise<string> {
  const target = await targetOf(path);
  await refuseInside(target, []);
  await makeFolders(target);
  await withFsErrors(target, async () => {
    // Another may make it a folder of ours between two looks.
    const found = await manifestOf(target, kind).catch(() => manifestOf(target, kind));
    if (found) return;
    const text = manifestText({ kind, state: "working", sha256: {} });
    await writeWhole(join(target, MANIFEST), text, false).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
  });
  return target;
}

/** The manifest; undefined for an empty folder. @throws PathError "foreign" for any other. */
async function manifestOf(target: string, kind: string): Promise<Manifest | undefined> {
  const manifest = await readManifest(target);
  if (manifest === "damaged") throw inTheWay(target, "has a damaged manifest");
  if (manifest?.kind === kind && manifest.state === "working") return manifest;
  if (manifest === undefined && (await isBare(target))) return undefined;
  throw new PathError(
    "foreign",
    `${target} is a folder that minisim did not make for a ${kind}. Choose another path.`,
  );
}

/** @throws PathError "foreign" where the file is not as this folder's runs have written it. */
async function refuseEdited(
  folder: string,
  name: string,
  { sha256 = {} }: Manifest,
): Promise<void> {
  const path = join(folder, name);
  await withFsErrors(path, async () => {
    if ((await kindAt(path)) === "nothing") return;
    if (sha256[name]?.includes(sha256Of(await readFile(path)))) return;
    throw inTheWay(path, "was edited since minisim wrote it, or is not minisim's");
  });
}

const sha256Of = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

// The manifest in a folder that this program wrote: what it is, and every file in it with its size. Whatever is not in the manifest is
// somebody else's. Neither a clock nor a host is in it: the same recording is the same files.
import { open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { PathError } from "./error.ts";
import { codeOf } from "./fs-error.ts";
import { OUTPUT_VERSION } from "./mark.ts";
import { type Entry, treeOf } from "./tree.ts";

export const MANIFEST = ".minisim.json";
const FORMAT = "minisim-output";
const GROWING = `${MANIFEST}.growing`;

export interface Manifest {
  /** What the folder is: "recording", "minian". An output is replaced by one of the same kind only. */
  readonly kind: string;
  /** "partial": it is being written. "working": it stays open, as the folder of a sweep does. */
  readonly state: "partial" | "working" | "complete";
  /** What exactly is being written, in any text: a leftover of something else is not continued. */
  readonly identity?: string;
  /** Bytes of every file but the manifest, by its name relative to the folder. */
  readonly files?: Readonly<Record<string, number>>;
  /** Where an output has no folder beside it to grow in: what its writers know of it until it is complete. */
  readonly unfinished?: Readonly<Record<string, unknown>>;
  /** SHA-256, in hexadecimal, of files that a person may well edit: that of today, and the next one while it is being written. */
  readonly sha256?: Readonly<Record<string, readonly string[]>>;
}

/** The manifest of a folder; undefined where there is none, "damaged" where it cannot be understood. */
export async function readManifest(folder: string): Promise<Manifest | "damaged" | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
  return parseManifest(text);
}

export function parseManifest(text: string): Manifest | "damaged" {
  try {
    const { format, format_version, ...manifest } = JSON.parse(text);
    const known = format === FORMAT && format_version === OUTPUT_VERSION;
    return known && typeof manifest.kind === "string" ? (manifest as Manifest) : "damaged";
  } catch {
    return "damaged";
  }
}

export function manifestText(manifest: Manifest): string {
  const document = { format: FORMAT, format_version: OUTPUT_VERSION, ...manifest };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** Writes the manifest whole, and onto the disk. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = await open(join(folder, GROWING), "w");
  try {
    await file.writeFile(manifestText(manifest));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(join(folder, GROWING), join(folder, MANIFEST));
}

/** Whether a folder is as good as empty: a process that was killed before anything else may have left its first manifest half written. */
export async function isBare(folder: string): Promise<boolean> {
  return (await readdir(folder)).every(
    (name) => name === GROWING || name.startsWith(`.${MANIFEST}.`),
  );
}

/** Whether a file of a folder is the manifest, or one that was being written. */
export const isManifest = (name: string): boolean => name === MANIFEST || name === GROWING;

/** What in a folder is not as its manifest has it, one phrase each: nothing where all of it is ours. */
export async function changesIn(folder: string, { files = {} }: Manifest): Promise<string[]> {
  return (await treeOf(folder)).flatMap((entry) => changeOf(entry, files));
}

function changeOf({ name, kind, size }: Entry, files: Readonly<Record<string, number>>): string[] {
  if (isManifest(name)) return [];
  if (kind === "folder") {
    const ours = Object.keys(files).some((file) => file.startsWith(`${name}/`));
    return ours ? [] : [`the folder ${name}`];
  }
  if (kind === "other" || !Object.hasOwn(files, name)) return [name];
  return files[name] === size ? [] : [`${name}, which was changed`];
}

/** The files of a manifest that are not there as it has them. */
export async function missingFrom(folder: string, { files = {} }: Manifest): Promise<string[]> {
  const there = new Map((await treeOf(folder)).map(({ name, size }) => [name, size]));
  return Object.keys(files).filter((name) => there.get(name) !== files[name]);
}

/** @throws PathError "io" where a finished output is not on the disk as it was written. */
export async function checkWhole(folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  const known = manifest !== undefined && manifest !== "damaged";
  const [missing] = known ? await missingFrom(folder, manifest) : [MANIFEST];
  if (missing === undefined) return;
  const message = `${folder} was written, but ${missing} is not there as it was written.`;
  throw new PathError("io", message);
}

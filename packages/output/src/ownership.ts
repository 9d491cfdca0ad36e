// Whether what stands at a path is ours, so that a newer one of its kind may take its place.
import { lstat, open, readdir, readFile } from "node:fs/promises";
import { codeOf } from "./fs-error.ts";
import { changesIn, readManifest } from "./manifest.ts";
import { MARK_REACH_BYTES, markOf } from "./mark.ts";
import { isSealed } from "./seal.ts";

/** "ours" may be replaced on demand. Everything else is a sentence that says what is in the way. */
export type Standing = "nothing" | "ours" | { readonly sentence: string };

const SHOWN = 3;

/** What stands at the path of a folder to be written. An empty folder is nobody's loss, so it is as good as ours. */
export async function standingOfFolder(path: string, kind: string): Promise<Standing> {
  const found = await kindAt(path);
  if (found === "nothing") return "nothing";
  if (found !== "folder") return sentence(`${path} is a ${found}, not a folder of minisim's`);
  if ((await readdir(path)).length === 0) return "ours";
  const manifest = await readManifest(path);
  if (manifest === undefined || manifest === "damaged" || manifest.state !== "complete") {
    return sentence(`${path} is a folder that minisim did not write`);
  }
  if (manifest.kind !== kind) {
    return sentence(`${path} is another kind of output (${manifest.kind}, not ${kind})`);
  }
  const changes = await changesIn(path, manifest);
  if (changes.length === 0) return "ours";
  const more = changes.length > SHOWN ? ` and ${changes.length - SHOWN} more` : "";
  const which = changes.slice(0, SHOWN).join(", ");
  return sentence(`${path} holds what minisim did not write (${which}${more})`);
}

/** What stands at the path of a file to be written. `sealed`: its content must be as we wrote it. */
export async function standingOfFile(
  path: string,
  kind: string,
  sealed: boolean,
): Promise<Standing> {
  const found = await kindAt(path);
  if (found === "nothing") return "nothing";
  if (found !== "file") return sentence(`${path} is a ${found}, not a file of minisim's`);
  const mark = markOf(kind);
  const { head, tail } = await endsOf(path);
  if (!head.includes(mark) && !tail.includes(mark)) {
    return sentence(`${path} is a file that minisim did not write as ${kind}`);
  }
  if (!sealed || isSealed(await readFile(path), kind)) return "ours";
  return sentence(`${path} was edited since minisim wrote it`);
}

export type PathKind = "nothing" | "file" | "folder" | "link" | "device, pipe or socket";

/** What stands at a path itself: a link is not followed. */
export async function kindAt(path: string): Promise<PathKind> {
  try {
    const found = await lstat(path);
    if (found.isSymbolicLink()) return "link";
    if (found.isDirectory()) return "folder";
    return found.isFile() ? "file" : "device, pipe or socket";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "nothing";
    throw error;
  }
}

const sentence = (what: string): Standing => ({
  sentence: `${what}, so it is not replaced. Move it away, or choose another path.`,
});

async function endsOf(path: string): Promise<{ head: Buffer; tail: Buffer }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const length = Math.min(size, MARK_REACH_BYTES);
    const head = Buffer.alloc(length);
    await file.read(head, 0, length, 0);
    const tail = Buffer.alloc(length);
    await file.read(tail, 0, length, size - length);
    return { head, tail };
  } finally {
    await file.close();
  }
}

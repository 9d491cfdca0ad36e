// What a writer that died has left beside the path: continued, removed, or in the way.
import { mkdir } from "node:fs/promises";
import { inTheWay, PathError } from "./error.ts";
import { isBare, type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { kindAt } from "./ownership.ts";
import { type Owns, removeOwn } from "./remove.ts";

export interface Draft {
  /** What is being written, in the words of manifests: "recording", "tiff". */
  readonly kind: string;
  readonly owns: Owns;
  /** What exactly: a leftover of something else is not continued. Absent where leftovers are never continued. */
  readonly identity?: string;
  readonly resume: boolean;
  readonly force: boolean;
}

/** What a draft goes on with: nothing, its own leftover, or a leftover that a power cut has robbed of its name. */
export type Continued = "nothing" | "the same" | "unknown";

/**
 * Makes the folder `partial` ready to write into, under the lock of its path.
 * @throws PathError "foreign", "leftover".
 */
export async function openPartial(partial: string, draft: Draft): Promise<Continued> {
  const found = await kindAt(partial);
  const bare = found === "folder" && (await isBare(partial));
  if (found !== "nothing" && !bare) {
    const manifest = found === "folder" ? await readManifest(partial) : undefined;
    if (manifest === undefined) throw inTheWay(partial, "was not made by minisim");
    const continued = continuedFrom(manifest, draft);
    if (continued !== "nothing") return continued;
    const resumable = manifest === "damaged" || manifest.identity !== undefined;
    if (resumable && !draft.force) throw leftover(partial, draft.resume);
    await removeOwn(partial, draft.owns);
  }
  if (!bare) await mkdir(partial);
  const { kind, identity } = draft;
  await writeManifest(partial, { kind, state: "partial", ...(identity && { identity }) });
  return "nothing";
}

function continuedFrom(
  manifest: Manifest | "damaged",
  { kind, identity, resume, force }: Draft,
): Continued {
  if (!resume || identity === undefined) return "nothing";
  if (manifest === "damaged") return force ? "nothing" : "unknown";
  return manifest.kind === kind && manifest.identity === identity ? "the same" : "nothing";
}

function leftover(partial: string, resume: boolean): PathError {
  const message = resume
    ? `${partial} is what an interrupted run of something else left. --force starts over without it.`
    : `${partial} is what an interrupted run left. --resume goes on with it, --force starts over.`;
  return new PathError("leftover", message);
}

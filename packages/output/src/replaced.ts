// The output that another is about to replace. It waits under a hidden name until the new one is in its place.
import { rename } from "node:fs/promises";
import { inTheWay } from "./error.ts";
import { changesIn, isBare, missingFrom, readManifest } from "./manifest.ts";
import { kindAt } from "./ownership.ts";
import { replacedOf } from "./paths.ts";
import { removeOwn } from "./remove.ts";

/** Removes a replaced output: what its manifest lists, and nothing else. */
export async function removeReplaced(folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  const files = manifest === undefined || manifest === "damaged" ? {} : (manifest.files ?? {});
  await removeOwn(folder, (name) => Object.hasOwn(files, name));
}

/**
 * A process that was killed in the middle of a replacement has left the old output under its hidden name. It comes back where the new one
 * is not in its place, and goes where it is.
 * @throws PathError "foreign" where the hidden name is somebody else's.
 */
export async function settleReplaced(target: string): Promise<void> {
  const folder = replacedOf(target);
  const found = await kindAt(folder);
  if (found === "nothing") return;
  if (found === "folder" && (await isBare(folder))) return removeReplaced(folder);
  const manifest = found === "folder" ? await readManifest(folder) : undefined;
  const ours = manifest !== undefined && manifest !== "damaged";
  if (!ours || (await changesIn(folder, manifest)).length > 0) {
    throw inTheWay(folder, "was not made by minisim");
  }
  const whole = (await missingFrom(folder, manifest)).length === 0;
  if (whole && (await kindAt(target)) === "nothing") await rename(folder, target);
  else await removeReplaced(folder);
}

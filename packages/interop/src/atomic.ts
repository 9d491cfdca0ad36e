// Writes a file or folder beside its path and moves it there once it is complete: a writer that dies leaves nothing half-made.
import { mkdir, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InteropError } from "./error.ts";
import { codeOf, withFsErrors } from "./fs-error.ts";

const PARTIAL = ".partial";

export interface AtomicOptions {
  readonly force?: boolean | undefined;
  /**
   * Whether a folder at the path may go for the new one: true only for what this format writes, so that a slip of the path
   * deletes nobody's folder. Where absent, folders are never replaced; files are, by `force`.
   */
  readonly replaceable?: (folder: string) => Promise<boolean>;
}

/**
 * Calls `write` with `path.partial`, where it makes a file or a folder; then moves that to `path`. Folders around it are
 * made. On any failure all that was made is removed.
 * @throws InteropError "exists", "io"; whatever `write` throws, failures of the file system as an InteropError about `path`.
 */
export async function atomically(
  path: string,
  { force = false, replaceable }: AtomicOptions,
  write: (partial: string) => Promise<void>,
): Promise<void> {
  const whole = resolve(path);
  const partial = `${whole}${PARTIAL}`;
  const checkFree = () => refuseOccupied(whole, force, replaceable);
  await checkFree();
  await withFsErrors(path, async () => {
    const firstMade = await mkdir(dirname(whole), { recursive: true });
    try {
      await rm(partial, { recursive: true, force: true });
      await write(partial);
      await checkFree();
      await moveIn(partial, whole);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      await removeEmpty(dirname(whole), firstMade);
      throw error;
    }
  });
}

/** What was there goes only when the new is in its place, and comes back when that fails. */
async function moveIn(partial: string, path: string): Promise<void> {
  const replaced = `${path}.replaced${PARTIAL}`;
  const occupied = (await kindOf(path)) !== "nothing";
  if (occupied) {
    await rm(replaced, { recursive: true, force: true });
    await rename(path, replaced);
  }
  try {
    await rename(partial, path);
  } catch (error) {
    if (occupied) await rename(replaced, path);
    throw error;
  }
  if (occupied) await rm(replaced, { recursive: true, force: true });
}

async function refuseOccupied(
  path: string,
  force: boolean,
  replaceable: AtomicOptions["replaceable"],
): Promise<void> {
  const kind = await withFsErrors(path, () => kindOf(path));
  if (kind === "nothing") return;
  if (!force) throw new InteropError("exists", `${path} exists already and was left as it is.`);
  if (kind === "file") return;
  if ((await readdir(path)).length === 0 || (await replaceable?.(path))) return;
  throw new InteropError("exists", `${path} is a folder of something else, so it is not replaced.`);
}

async function kindOf(path: string): Promise<"nothing" | "file" | "folder"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "nothing";
    throw error;
  }
}

/** Removes the folders from `folder` up to `top`, which this writer made on its way, as far as they are empty. */
async function removeEmpty(folder: string, top: string | undefined): Promise<void> {
  if (top === undefined || !folder.startsWith(top)) return;
  try {
    await rmdir(folder);
  } catch {
    return; // Somebody else has put something there meanwhile.
  }
  await removeEmpty(dirname(folder), top);
}

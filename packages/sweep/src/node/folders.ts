// Makes folders; what the file system has against it becomes one sentence.
import { mkdir } from "node:fs/promises";
import { StoreError, type StoreErrorCode } from "@minisim/store";

const REASONS: Readonly<Record<string, readonly [StoreErrorCode, string]>> = {
  EACCES: ["no_permission", "there is no permission"],
  EPERM: ["no_permission", "there is no permission"],
  EROFS: ["no_permission", "it is on a read-only file system"],
  ENOTDIR: ["not_a_folder", "a file stands in its way"],
  EEXIST: ["not_a_folder", "a file stands in its way"],
  ENOSPC: ["no_space", "there is no space left"],
  EDQUOT: ["no_space", "the disk quota is used up"],
};

/** Makes the folder and those around it. `name` is how the sentence calls it. @throws StoreError */
export async function makeFolder(path: string, name: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    const [kind, reason] = REASONS[code] ?? ["io", `the file system failed (${code})`];
    throw new StoreError(kind, `${name} ${path} cannot be made: ${reason}.`, { cause });
  }
}

/** Whether the machine is at fault, and not what was simulated on it: the next point would fail the same way. */
export function isOfTheMachine(error: unknown): boolean {
  const codes: readonly StoreErrorCode[] = ["no_space", "no_permission", "not_a_folder", "io"];
  if (error instanceof StoreError) return codes.includes(error.code);
  return /^E[A-Z0-9]+$/.test(String((error as NodeJS.ErrnoException)?.code));
}

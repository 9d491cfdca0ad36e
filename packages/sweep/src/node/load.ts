// A sweep from a file on disk.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Simulator } from "minisim";
import { readSweepText, type SweepDocument } from "../file-text.ts";

/**
 * Reads SWEEP.yaml; a base that is a file is looked for beside it. `name` is how messages call the file.
 * @throws SpecTextError or SweepError with line and column; the file system's error when the file cannot be read.
 */
export function loadSweepFile(
  path: string,
  { name = path, simulator }: { readonly name?: string; readonly simulator?: Simulator } = {},
): SweepDocument {
  const text = readFileSync(path, "utf8");
  return readSweepText(text, {
    name,
    ...(simulator && { simulator }),
    readBase: (base) => {
      try {
        return readFileSync(resolve(dirname(path), base), "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
  });
}

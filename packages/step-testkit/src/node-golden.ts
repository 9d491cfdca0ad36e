// Golden files: fingerprints that change only when somebody says so.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * The fingerprints stored in `file`. With MINISIM_UPDATE_GOLDEN=1 in the environment, `current` is stored first: raise the
 * step's revision in the same change.
 * @throws Error when there is no such file yet.
 */
export function golden(file: URL, current: Readonly<Record<string, string>>): unknown {
  if (process.env.MINISIM_UPDATE_GOLDEN) {
    writeFileSync(file, `${JSON.stringify(current, null, 2)}\n`);
  }
  if (!existsSync(file)) {
    throw new Error("There is no golden file yet: run this test with MINISIM_UPDATE_GOLDEN=1.");
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

// What a package's manifest says of its sources.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** The source files behind a package's public entries. */
export function sourcesOf(manifest) {
  return Object.values(manifest.exports ?? {})
    .map((target) => target["@minisim/source"])
    .filter(Boolean);
}

// What a package's manifest says of its sources.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** The source files behind a package's public entries, and behind those private ones that its "imports" choose by platform. */
export function sourcesOf(manifest) {
  const found = new Set();
  const collect = (target) => {
    if (typeof target !== "object" || target === null) return;
    for (const [condition, value] of Object.entries(target)) {
      if (condition === "@minisim/source") found.add(value);
      else collect(value);
    }
  };
  collect(manifest.exports);
  collect(manifest.imports);
  return [...found];
}

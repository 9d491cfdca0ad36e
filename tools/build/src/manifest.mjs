// The workspace's packages, and what a manifest says of a package's files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");

/** The folders of all packages. */
export function allFolders() {
  return ["packages", "packages/steps", "apps", "examples", "tools"]
    .flatMap((parent) => readdirSync(join(root, parent)).map((child) => join(root, parent, child)))
    .filter((folder) => existsSync(join(folder, "package.json")));
}

/** The folders of the packages that minisim-build builds. */
export function packageFolders() {
  return allFolders().filter((folder) => manifestOf(folder).scripts?.build === "minisim-build");
}

export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** The source files behind a package's public entries, and behind those private ones that its "imports" choose by platform. */
export function sourcesOf({ exports, imports }) {
  return [...new Set(targetsOf([exports, imports], "@minisim/source"))];
}

/** What the conditions of that name stand for, wherever in a map of exports or imports they are. */
function targetsOf(map, condition) {
  if (typeof map !== "object" || map === null) return [];
  return Object.entries(map).flatMap(([key, value]) =>
    key === condition ? [value] : targetsOf(value, condition),
  );
}

// Which page shows which file of the repository.
import { posix } from "node:path";
import { formatNames } from "@minisim/interop";
import { builtinSteps } from "minisim";
import { isFolder, isThere, markdownFiles } from "./repository.ts";

const kindOf = (folder: string): string => folder.replaceAll("-", "_");
const kinds: readonly string[] = builtinSteps.map(({ kind }) => kind);
/** And the movies that are read, whatever their format. */
const formats: readonly string[] = [...formatNames, "movies"];

/** The rules, the particular before the general: a file, and its page. */
const RULES: readonly (readonly [RegExp, (...parts: string[]) => string | undefined])[] = [
  [/^README\.md$/, () => "overview.md"],
  [
    /^packages\/steps\/([^/]+)\/README\.md$/,
    (step) => (kinds.includes(kindOf(step!)) ? `steps/${kindOf(step!)}.md` : undefined),
  ],
  [
    /^packages\/interop\/src\/([^/]+)\/README\.md$/,
    (name) =>
      `${formats.includes(kindOf(name!)) ? "formats/" : "packages/interop-"}${kindOf(name!)}.md`,
  ],
  [/^(packages|apps|examples)\/(.+)\/README\.md$/, (kind, name) => `${kind}/${name}.md`],
  [
    /^(packages|apps)\/([^/]+)\/([^/]+)\.md$/,
    (kind, name, file) => `${kind}/${name}-${file!.toLowerCase()}.md`,
  ],
  [/^apps\/python\/examples\/(.+)\.ipynb$/, (name) => `examples/${name}.md`],
  [/^docs\/(.+)\.md$/, (name) => `${name}.md`],
  [/^([A-Z_]+)\.md$/, (name) => `${name!.toLowerCase().replaceAll("_", "-")}.md`],
  [/^CITATION\.cff$/, () => "citation.md"],
  [/^packages\/steps$/, () => "model.md"],
];

/** The page of a file or folder of the repository that has one of its own. */
export function placeOf(path: string): string | undefined {
  const file =
    isFolder(path) && isThere(posix.join(path, "README.md")) ? posix.join(path, "README.md") : path;
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(file);
    if (found) return make(...found.slice(1));
  }
  return undefined;
}

/** The files that are pages by themselves or parts of pages. */
export const shownFiles = (): string[] => markdownFiles().filter((path) => placeOf(path));

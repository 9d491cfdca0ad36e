// The repository as the site reads it: paths from its root, with slashes.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

export const textOf = (path: string): string => readFileSync(join(root, path), "utf8");

export const isThere = (path: string): boolean => existsSync(join(root, path));

export const isFolder = (path: string): boolean =>
  isThere(path) && statSync(join(root, path)).isDirectory();

/** The files and folders in a folder, by name. */
export const namesIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => !/^(\.|node_modules$|dist$)/.test(name))
    .sort();

/** Every README and every other page of Markdown that people read, anywhere. */
export function markdownFiles(): string[] {
  const below = (folder: string): string[] =>
    namesIn(folder)
      .map((name) => posix.join(folder, name))
      .flatMap((path) => (isFolder(path) ? below(path) : [path]));
  const inside = ["docs", "packages", "apps", "examples"].flatMap(below);
  return [...namesIn("."), ...inside].filter(
    (path) => path.endsWith(".md") && !/CHANGELOG|^apps\/docs\/pages\//.test(path),
  );
}

/** A name of the manifest in a folder. */
export const packageName = (folder: string): string =>
  (JSON.parse(textOf(`${folder}/package.json`)) as { name: string }).name;

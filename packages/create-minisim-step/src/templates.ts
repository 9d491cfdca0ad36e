// Files from templates: names end in .txt there, so that no tool takes them for what they are about.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Words } from "./names.ts";

const SUFFIX = ".txt";

/** The step itself, its parameters and its tests: the same for a built-in one and for one of one's own. */
export const stepTemplate = (): string => templateNamed("step");

/** What makes a package of one's own of it. */
export const packageTemplate = (): string => templateNamed("package");

const templateNamed = (name: string): string =>
  fileURLToPath(new URL(`../template/${name}`, import.meta.url));

/** Writes the files of a template into a folder, and replaces none. @throws Error where a file is there, or a word is missing */
export function writeTemplate(template: string, folder: string, words: Words): void {
  for (const name of readdirSync(template, { recursive: true }).map(String)) {
    const from = join(template, name);
    if (!statSync(from).isFile()) continue;
    const to = join(folder, name.slice(0, -SUFFIX.length));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, filled(readFileSync(from, "utf8"), words), { flag: "wx" });
  }
}

export function filled(text: string, words: Words): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const word = words[name];
    if (word === undefined) throw new Error(`Nothing stands for {{${name}}}.`);
    return word;
  });
}

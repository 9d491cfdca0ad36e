// Files that minisim did not write, and commands that must leave every one of them as it is.
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect } from "vitest";
import { at, minisim } from "./harness.ts";

const PRECIOUS = "years of work";

export function precious(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), PRECIOUS);
  }
}

/** Everything below the test's folder: the content of files, targets of links. */
function snapshot(): Record<string, string> {
  const entries = readdirSync(at(), { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [
        relative(at(), path),
        lstatSync(path).isFile() ? readFileSync(path, "hex") : "link",
      ]),
  );
}

/** Runs the command, which must refuse in one clear line and change nothing at all. */
export async function refused(argv: readonly string[], sentence: string): Promise<void> {
  const before = snapshot();
  const { code, err } = await minisim(argv);
  expect(err).toContain(sentence);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
  expect(snapshot()).toEqual(before);
}

// A TypeScript file runs in plain Node, as its sources are at that moment.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "minisim-sources-")));
  write("package.json", "{}");
  mkdirSync(join(folder, "inner"));
  write(
    "main.ts",
    'import { word } from "./inner/word.ts";\nconsole.log(word, ...process.argv.slice(2));',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const run = (...words: string[]) =>
  execFileSync(process.execPath, [runner, join(folder, "main.ts"), ...words], { encoding: "utf8" });
const bundle = () => join(folder, "node_modules/.from-sources/main.ts.mjs");

test("with what it is given", () => {
  write("inner/word.ts", 'export const word: string = "one";');
  expect(run("a", "b c")).toBe("one a b c\n");
});

test("bundled once, and anew when a source of it has changed", () => {
  write("inner/word.ts", 'export const word: string = "one";');
  expect(run()).toBe("one\n");
  const { mtimeMs } = statSync(bundle());
  expect(run()).toBe("one\n");
  expect(statSync(bundle()).mtimeMs).toBe(mtimeMs);
  write("inner/word.ts", 'export const word: string = "three";');
  expect(run()).toBe("three\n");
});

test("each source at its own address", () => {
  write("inner/word.ts", "export const word: string = import.meta.url;");
  expect(run()).toBe(`${pathToFileURL(join(folder, "inner/word.ts")).href}\n`);
  expect(existsSync(bundle())).toBe(true);
});

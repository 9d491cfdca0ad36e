// A package whose tarball would lack what its manifest or README promises is refused.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { missingFiles } from "../src/promised.mjs";

const manifest = {
  exports: {
    ".": { "@minisim/source": "./src/a.ts", types: "./dist/a.d.ts", default: "./dist/a.js" },
  },
  imports: { "#b": { node: { default: "./dist/b.js" } } },
  bin: { a: "./bin/a.js" },
  files: ["bin", "dist", "src", "picture.png"],
};
const FILES = ["src/a.ts", "dist/a.d.ts", "dist/a.js", "dist/b.js", "bin/a.js", "picture.png"];

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-promised-"));
  for (const name of ["src", "dist", "bin"]) mkdirSync(join(folder, name));
  for (const file of FILES) writeFileSync(join(folder, file), "");
  writeFileSync(
    join(folder, "README.md"),
    "![Ours](picture.png) ![Elsewhere](https://example.org/picture.png)",
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a complete package lacks nothing", () => {
  expect(missingFiles(folder, manifest)).toEqual([]);
});

test.each([
  ["dist/a.d.ts", '"exports"'],
  ["dist/a.js", '"exports"'],
  ["dist/b.js", '"imports"'],
  ["bin/a.js", '"bin"'],
  ["picture.png", "README.md"],
])("without %s it is told", (file, by) => {
  rmSync(join(folder, file));
  expect(missingFiles(folder, manifest)).toEqual([`${file} does not exist, which ${by} names.`]);
});

test("a picture that is not packed is told", () => {
  expect(missingFiles(folder, { ...manifest, files: ["bin", "dist", "src"] })).toEqual([
    'picture.png is not among "files", though README.md names it.',
  ]);
});

// Of the declarations, a package keeps those that its entries lead to, and none that is too large to be meant.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepReached, refuseLarge } from "../src/declarations.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-declarations-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("what no entry leads to is removed", () => {
  const files = {
    "index.d.ts": 'export { a } from "./a.ts";\nexport type * from "./inner/b.ts";',
    "a.d.ts": "export declare const a: 1;",
    "inner/b.d.ts": 'export declare const b: typeof import("../c.ts").c;',
    "c.d.ts": 'import { z } from "zod";\nexport declare const c: z.ZodType;',
    "private.d.ts": 'export { a } from "./a.ts";',
  };
  mkdirSync(join(folder, "inner"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  keepReached(folder, [join(folder, "index.d.ts")]);
  const kept = readdirSync(folder, { recursive: true }).map(String).sort();
  expect(kept).toEqual(["a.d.ts", "c.d.ts", "index.d.ts", "inner", join("inner", "b.d.ts")]);
});

test("a declaration of 29 MB is refused, by name", () => {
  const file = join(folder, "options.d.ts");
  writeFileSync(file, "export {};");
  refuseLarge(folder);
  writeFileSync(file, " ".repeat(29e6));
  expect(() => refuseLarge(folder)).toThrow(
    /options\.d\.ts has more than 65536 bytes: .* explicit/,
  );
});

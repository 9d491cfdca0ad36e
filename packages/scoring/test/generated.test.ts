// The committed module is what the committed sources compile to.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileProject, generatedFile } from "../scripts/compile.mjs";

test("the inner products are fresh; `node scripts/compile.mjs` renews them", async () => {
  const committed = /"([A-Za-z0-9+/=]+)"/.exec(readFileSync(generatedFile, "utf8"))![1]!;
  const compiled = Buffer.from(await compileProject()).toString("base64");
  expect(compiled === committed, `${generatedFile} is stale`).toBe(true);
});

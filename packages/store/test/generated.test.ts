// The committed module is what the committed sources compile to.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileLiterals, generatedFile } from "../scripts/compile.mjs";

test("the coder is fresh; `node scripts/compile.mjs` renews it", async () => {
  const committed = /"([A-Za-z0-9+/=]+)"/.exec(readFileSync(generatedFile, "utf8"))![1]!;
  const compiled = Buffer.from(await compileLiterals()).toString("base64");
  expect(compiled === committed, `${generatedFile} is stale`).toBe(true);
});

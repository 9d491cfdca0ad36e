// The committed modules are what the committed sources compile to.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compileModule, moduleNames } from "../scripts/compile.mjs";

describe("generated modules", () => {
  for (const name of moduleNames) {
    test(`${name} is fresh; \`pnpm compile\` renews it`, async () => {
      const file = new URL(`../src/generated/${name}.generated.ts`, import.meta.url);
      const committed = /"([A-Za-z0-9+/=]+)"/.exec(readFileSync(file, "utf8"))![1]!;
      const compiled = Buffer.from(await compileModule(name)).toString("base64");
      expect(compiled === committed, `src/generated/${name}.generated.ts is stale`).toBe(true);
    });
  }
});

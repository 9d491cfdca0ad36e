// The bytes that Node pins are the bytes that browsers make.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { runInBrowser } from "./serve.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const golden = JSON.parse(readFileSync(here("../golden.json"), "utf8"));
let script = "";

beforeAll(async () => {
  const result = await build({
    entryPoints: [here("page.ts")],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["@minisim/source"],
    write: false,
  });
  script = result.outputFiles[0]!.text;
});

test.each(["chromium", "firefox-esr"] as const)(
  "%s makes the same bytes as Node",
  async (browser) => {
    expect(Object.keys(golden)).toHaveLength(3);
    expect(await runInBrowser(browser, script)).toEqual(golden);
  },
);

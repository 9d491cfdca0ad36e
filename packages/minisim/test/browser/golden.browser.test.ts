// The bytes that Node pins are the bytes that browsers make, on the page's thread and on workers.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { runInBrowser } from "./serve.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const golden = JSON.parse(readFileSync(here("../golden.json"), "utf8"));
const BROWSERS = ["chromium", "firefox-esr"] as const;
const files: Record<string, string> = {
  "/": '<!doctype html><script type="module" src="/page.js"></script>',
};

async function bundle(file: string): Promise<string> {
  const result = await build({
    entryPoints: [here(file)],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["@minisim/source"],
    write: false,
  });
  return result.outputFiles[0]!.text;
}

beforeAll(async () => {
  files["/page.js"] = await bundle("page.ts");
  files["/workers.js"] = await bundle("page-workers.ts");
  // Where the page's code looks for it: beside itself.
  files["/web-worker.js"] = await bundle("../../../render/src/web-worker.ts");
});

test.each(BROWSERS)("%s makes the same bytes as Node", async (browser) => {
  expect(Object.keys(golden)).toHaveLength(4);
  expect(await runInBrowser(browser, { files, isolated: true })).toEqual({ prints: golden });
});

test.each(BROWSERS.flatMap((browser) => [true, false].map((isolated) => ({ browser, isolated }))))(
  "two workers make them too: %o",
  async ({ browser, isolated }) => {
    const page = { files: { ...files, "/page.js": files["/workers.js"]! }, isolated };
    expect(await runInBrowser(browser, page)).toEqual({
      prints: golden,
      sharedMemory: isolated,
      failure: "Error: A render worker failed (its script could not be loaded) at its start.",
    });
  },
);

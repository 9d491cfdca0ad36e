// A page built by Vite, as the README of minisim says, in Chromium.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { expect, test } from "vitest";
import { runInBrowser } from "../../packages/minisim/test/browser/serve.ts";
import { copied, expectedMovie } from "./run.ts";

test("a page simulates on its own thread and on workers", async () => {
  const root = join(copied("common", "page"), "page");
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    worker: { format: "es" },
  });
  const { movie } = await expectedMovie();
  const files = filesOf(join(root, "dist"));
  expect(await runInBrowser("chromium", { files, isolated: false })).toEqual([movie, movie]);
});

/** The files below a folder, by their path on a server; that of the page itself is "/". */
function filesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [
        file.slice(folder.length).replaceAll("\\", "/").replace("/index.html", "/"),
        readFileSync(file, "utf8"),
      ]),
  );
}

// Programs of one file, bundled by esbuild and moved to where no package is near: they simulate to a store.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { loadRecording } from "minisim/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256 } from "./common/sha256.ts";
import { copied, expectedMovie, node } from "./run.ts";

let away = "";
let project = "";
beforeEach(() => {
  away = mkdtempSync(join(tmpdir(), "minisim-bundle-"));
  project = copied("common", "bundle");
});
afterEach(() => rmSync(away, { recursive: true, force: true }));

async function simulated(file: string): Promise<string> {
  await node(file, ["recording.zarr"], away);
  const { observed } = await loadRecording(join(away, "recording.zarr"));
  return sha256(observed.data);
}

test("on one thread, of one file", async () => {
  await build({
    entryPoints: [join(project, "bundle/one-thread.ts")],
    outfile: join(away, "one-thread.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
  });
  expect(await simulated("one-thread.mjs")).toBe((await expectedMovie()).movie);
});

test("on two threads, of three files", async () => {
  await node("bundle/build.mjs", [], project);
  cpSync(join(project, "bundled"), away, { recursive: true });
  writeFileSync(join(away, "package.json"), '{ "type": "module" }');
  expect(await simulated("threads.js")).toBe((await expectedMovie()).movie);
});

// Shards of one recording on machines whose versions of Node differ: together they are the recording of one machine, to the byte.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { execute, filesIn } from "./run.ts";

/** Two with long-term support, as npm packages; that which runs this test is a third. */
const VERSIONS = ["22.23.3", "24.21.0"];

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minisim-nodes-"));
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const packages = VERSIONS.map((version, i) => `node-${i}@npm:node@${version}`);
  await execute("npm", ["install", "--no-audit", "--no-fund", "--silent", ...packages], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A V4 over CA1, of which each shard has a chunk. */
const SIMULATE = [
  ...["simulate", "miniscope_v4/ca1", "--quiet"],
  ...["--set", "acquisition.image_sensor.n_px_height=128"],
  ...["--set", "acquisition.image_sensor.n_px_width=128"],
];

test("three versions of Node make the recording of one", async () => {
  const command = join(inject("prefix"), "node_modules/@minisim/cli/bin/minisim.js");
  const run = (engine: string, ...words: string[]) => execute(engine, words, folder);
  const engines = VERSIONS.map((_, i) => join(folder, `node_modules/node-${i}/bin/node`));
  const versions = await Promise.all(engines.map((engine) => run(engine, "--version")));
  expect(versions).toEqual(VERSIONS.map((version) => `v${version}\n`));

  const all = [process.execPath, ...engines];
  await Promise.all(
    all.map((engine, i) =>
      run(engine, command, ...SIMULATE, "-o", "shards.zarr", "--shard", `${i + 1}/3`),
    ),
  );
  const status = JSON.parse(
    await run(process.execPath, command, "status", "shards.zarr", "--json"),
  );
  expect(status).toMatchObject({ chunks: 3, done: 3 });
  await run(engines[0]!, command, "finish", "shards.zarr");
  await run(process.execPath, command, ...SIMULATE, "-o", "whole.zarr");
  const [shards, whole] = ["shards.zarr", "whole.zarr"].map((name) => filesIn(join(folder, name)));
  expect([...shards!.keys()]).toEqual([...whole!.keys()]);
  for (const [name, bytes] of whole!) expect(bytes.equals(shards!.get(name)!), name).toBe(true);
});

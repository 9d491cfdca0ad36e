// The command line, installed from its tarballs alone into an empty folder.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { loadRecording } from "minisim/node";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { sha256 } from "./common/sha256.ts";
import { spec } from "./common/spec.ts";
import { expectedMovie, NOBODY, node } from "./run.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-command-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const installed = (path: string) => join(inject("prefix"), "node_modules/@minisim/cli", path);
const minisim = (...words: string[]) => node(installed("bin/minisim.js"), words, folder);

test("it knows its version", async () => {
  const { version } = JSON.parse(readFileSync(installed("package.json"), "utf8"));
  expect(await minisim("--version")).toBe(`${version}\n`);
});

test("it simulates a spec, and describes and draws what it made", async () => {
  writeFileSync(join(folder, "spec.json"), JSON.stringify(spec));
  await minisim("simulate", "spec.json", "-o", "recording.zarr", "--quiet");
  const expected = await expectedMovie();
  const { observed } = await loadRecording(join(folder, "recording.zarr"));
  expect(await sha256(observed.data)).toBe(expected.movie);
  const { cells } = JSON.parse(await minisim("inspect", "recording.zarr", "--json"));
  expect(cells.n_units).toBe(expected.cells);
  await minisim("render", "recording.zarr", "-o", "pictures", "--quiet");
  const png = readFileSync(join(folder, "pictures/max.png"));
  expect(png.toString("latin1", 1, 4)).toBe("PNG");
});

test("an address of S3 needs a package of its own, and it says which", async () => {
  const { stderr } = await minisim("inspect", "s3://lab/r.zarr").then(
    () => ({ stderr: "" }),
    (error: Error) => ({ stderr: error.message }),
  );
  expect(stderr).toContain(
    "error: s3://lab/r.zarr needs the package @minisim/store-s3, which is not installed: npm install @minisim/store-s3, beside minisim.\n",
  );
});

test("with that package beside it, the server is asked", async () => {
  const command = join(inject("project"), "node_modules/@minisim/cli/bin/minisim.js");
  const env = { ...process.env, ...NOBODY };
  const asked = promisify(execFile)(process.execPath, [command, "inspect", "s3://lab/r.zarr"], {
    env,
  });
  await expect(asked).rejects.toMatchObject({
    stderr: "error: s3://lab/r.zarr/zarr.json could not be read: nothing answers at 127.0.0.1.\n",
  });
});

// The rules of examples/snakemake, run by Snakemake: the bytes of one machine, shards that are tried again, and nothing done twice.
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesOf } from "../../../packages/minisim/test/files.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const program = fileURLToPath(new URL("run-child.ts", import.meta.url));
const snakemake = join(root, ".venv-snakemake/bin/snakemake");

let folder = "";
const at = (...names: string[]) => join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-snakemake-"));
  cpSync(join(root, "examples/snakemake"), folder, { recursive: true });
  // Called as on a machine that takes away the first shard of the recording once.
  writeFileSync(
    at("minisim.sh"),
    `case "$*" in *tiny.zarr*1/2*) [ -e taken ] || { touch taken; exit 75; } ;; esac\n` +
      `exec '${process.execPath}' '${runner}' '${program}' "$@"\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Snakemake says of its work. */
function snake(...words: readonly string[]): string {
  const config = `minisim=${JSON.stringify({ command: "bash minisim.sh", shards: 2 })}`;
  const { status, stderr } = spawnSync(snakemake, ["--cores", "2", ...words, "--config", config], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, XDG_CACHE_HOME: at("xdg"), HOME: folder },
  });
  if (status !== 0) throw new Error(stderr);
  return stderr;
}

const minisim = (...words: readonly string[]) =>
  execFileSync(process.execPath, [runner, program, ...words, "--quiet"], { cwd: folder });

test("recordings and tables are those of one machine, though a shard was taken away", () => {
  const said = snake();
  expect(said).toContain("Trying to restart job");
  expect(existsSync(at("taken"))).toBe(true);
  minisim("simulate", "specs/tiny.yaml", "-o", "whole.zarr");
  expect(filesOf(at("recordings/tiny.zarr"))).toEqual(filesOf(at("whole.zarr")));
  minisim("sweep", "sweeps/photons.yaml", "-o", "whole", "--cache", "cache");
  const pairs = { "photons.csv": "table.csv", "photons.cells.csv": "cells.csv" };
  for (const [ours, whole] of Object.entries(pairs)) {
    expect(readFileSync(at("tables", ours), "utf8")).toBe(readFileSync(at("whole", whole), "utf8"));
  }
  // Nothing of the work is left but the cache.
  expect(readdirSync(at(".minisim"))).toEqual(["cache"]);
});

test("nothing is done twice, and a spec that has changed makes its recording anew", () => {
  expect(snake()).toContain("Nothing to be done");
  const spec = readFileSync(at("specs/tiny.yaml"), "utf8");
  writeFileSync(at("specs/tiny.yaml"), spec.replace("seed: 3", "seed: 4"));
  snake("recordings/tiny.zarr/zarr.json");
  minisim("simulate", "specs/tiny.yaml", "-o", "other.zarr");
  expect(filesOf(at("recordings/tiny.zarr"))).toEqual(filesOf(at("other.zarr")));
});

// minisim submit slurm on a SLURM of this machine's own: arrays, a cancelled task, one that is told to stop, a node that is lost.
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TINY } from "./harness.ts";

const script = fileURLToPath(new URL("../../../.ci/cluster.sh", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const program = fileURLToPath(new URL("run-child.ts", import.meta.url));

let folder = "";
const at = (name: string) => join(folder, name);
const env = () => ({ ...process.env, SLURM_CONF: at("cluster/slurm.conf") });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-cluster-"));
  // munged wants a socket that everybody can reach.
  chmodSync(folder, 0o755);
  // Not piped: the daemons would hold the pipe open.
  execFileSync("bash", [script, "up", at("cluster")], { stdio: "ignore" });
  writeFileSync(at("tiny.yaml"), TINY);
});
afterAll(() => {
  execFileSync("bash", [script, "down", at("cluster")], { stdio: "ignore" });
  rmSync(folder, { recursive: true, force: true });
});

function call(command: string, words: readonly string[]) {
  return spawnSync(command, words, { cwd: folder, env: env(), encoding: "utf8" });
}

/** @throws Error with what the command complained about. */
function done(command: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = call(command, words);
  if (status !== 0) throw new Error(`${command} ${words.join(" ")}: ${stderr}`);
  return stdout;
}

const minisim = (...words: readonly string[]) => done(process.execPath, runner, program, ...words);

function submit(...words: readonly string[]): { job: string; finish_job: string } {
  const command = `${process.execPath} ${runner} ${program}`;
  return JSON.parse(minisim("submit", "slurm", ...words, "--command", command, "--json"));
}

const queue = (job: string, format: string) =>
  call("squeue", ["--noheader", "--jobs", job, `--format=${format}`]).stdout.trim();

async function until(what: () => boolean) {
  const end = Date.now() + 120_000;
  while (!what()) {
    if (Date.now() > end)
      throw new Error(`waited in vain; the queue:\n${call("squeue", []).stdout}`);
    await sleep(100);
  }
}

/** A job that has ended is soon forgotten by the queue. */
const ended = (job: string) => until(() => !/PENDING|RUNNING|COMPLETING/.test(queue(job, "%T")));

function filesOf(path: string): Map<string, string> {
  const files = readdirSync(at(path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [file.slice(at(path).length), readFileSync(file, "hex")]));
}

test("an array of a sweep, and its table", async () => {
  const words = ["sweep.yaml", "--cache", "cache"];
  writeFileSync(
    at("sweep.yaml"),
    "base: tiny.yaml\naxes: { seed: [1, 2, 3, 4] }\npipeline: oracle\n",
  );
  const { finish_job } = submit(...words, "-o", "parts", "--shards", "3");
  await ended(finish_job);
  minisim("sweep", ...words, "-o", "whole", "--quiet");
  for (const name of ["table.csv", "table.parquet", "cells.csv", "cells.parquet"]) {
    expect(readFileSync(at(`parts/${name}`), "hex")).toBe(readFileSync(at(`whole/${name}`), "hex"));
  }
});

test("a cancelled task, one that is told to stop, and one whose node is lost", async () => {
  // Some 15 s for each of two tasks on two busy cores.
  const spec = ["tiny.yaml", "--set", "acquisition.duration_s=1200"];
  const size = ["acquisition.image_sensor={n_px_height: 160, n_px_width: 160, pixel_pitch_um: 12}"];
  const words = [...spec, "--set", ...size];
  const parts = [...words, "-o", "parts.zarr", "--shards", "2"];
  const chunks = (shard: number) => {
    const { shards } = JSON.parse(minisim("status", "parts.zarr", "--json"));
    return shards[shard - 1]?.done ?? 0;
  };

  // Its owner does not want it any more: it is not requeued, and the finish says what is missing.
  const first = submit(...parts);
  await until(() => queue(`${first.job}_2`, "%T") === "RUNNING");
  done("scancel", `${first.job}_2`);
  await ended(first.finish_job);
  expect(existsSync(at("parts.zarr"))).toBe(false);
  expect(readFileSync(at(`slurm-${first.finish_job}.out`), "utf8")).toContain(
    "Run again: --shard 2/2.",
  );
  expect(done("scontrol", "show", "job", `${first.job}_2`)).toContain("JobState=CANCELLED");

  // The same again: what is there is kept. The second task is interrupted as before its time limit, and then loses its node.
  const second = submit(...parts);
  const task = `${second.job}_2`;
  const restarts = () => /Restarts=(\d+)/.exec(done("scontrol", "show", "job", task))?.[1];
  const before = chunks(2);
  await until(() => chunks(2) > before);
  done("scancel", "--batch", "--signal=USR1", task);
  await until(() => restarts() === "1" && queue(task, "%T") === "RUNNING");
  const node = queue(task, "%N");
  done("scontrol", "update", `nodename=${node}`, "state=down", "reason=test");
  await until(() => restarts() === "2");
  done("scontrol", "update", `nodename=${node}`, "state=resume");
  await ended(second.finish_job);
  minisim("simulate", ...words, "-o", "whole.zarr", "--quiet");
  expect(filesOf("parts.zarr")).toEqual(filesOf("whole.zarr"));
  expect(existsSync(at("parts.zarr.shards"))).toBe(false);
});

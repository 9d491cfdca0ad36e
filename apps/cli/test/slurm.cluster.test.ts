// minisim submit slurm on a SLURM of this machine's own: arrays, a cancelled task, one that is told to stop, a node that is lost.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { filesOf } from "../../../packages/minisim/test/files.ts";
import { TINY } from "./harness.ts";
import { at, call, done, ended, field, minisim, queue, submit, until } from "./slurm.ts";

beforeAll(() => writeFileSync(at("tiny.yaml"), TINY));

test("a sweep of 40 points over an array gives the table of one machine, byte by byte", async () => {
  writeFileSync(
    at("sweep.yaml"),
    "base: tiny.yaml\naxes: { seed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], acquisition.fps: [10, 20, 25, 30] }\npipeline: oracle\n",
  );
  const { finish_job } = submit([
    ...["sweep.yaml", "-o", "parts", "--shards", "7"],
    ...["--cache", "cache", "--cpus", "1"],
  ]);
  // A cache of its own: nothing of what is compared comes from the tasks.
  minisim("sweep", "sweep.yaml", "-o", "whole", "--cache", "cache-of-one", "--quiet");
  await ended(finish_job);
  expect(readFileSync(at("whole/table.csv"), "utf8").trim().split("\n")).toHaveLength(41);
  // In words first, so that a difference can be read.
  expect(readFileSync(at("parts/table.csv"), "utf8")).toBe(
    readFileSync(at("whole/table.csv"), "utf8"),
  );
  for (const name of ["table.csv", "table.parquet", "cells.csv", "cells.parquet"]) {
    expect(readFileSync(at(`parts/${name}`), "hex")).toBe(readFileSync(at(`whole/${name}`), "hex"));
  }
});

test("a cancelled task, one that is told to stop, and one whose node is lost", async () => {
  // Some 10 s for each of two tasks on two idle cores.
  const spec = ["tiny.yaml", "--set", "acquisition.duration_s=800"];
  const size = ["acquisition.image_sensor={n_px_height: 160, n_px_width: 160, pixel_pitch_um: 12}"];
  const words = [...spec, "--set", ...size];
  const parts = [...words, "-o", "parts.zarr", "--shards", "2"];
  /** Of the second shard: chunks with odd numbers. */
  const chunks = () =>
    existsSync(at("parts.zarr.shards"))
      ? readdirSync(at("parts.zarr.shards"), { recursive: true }).filter((name) =>
          /observed\/c\/\d*[13579]\/0\/0$/.test(`${name}`),
        ).length
      : 0;

  // Its owner does not want it any more: it is not requeued, and the finish says what is missing.
  const first = submit(parts);
  await until(() => queue(`${first.job}_2`, "%T") === "RUNNING");
  done("scancel", `${first.job}_2`);
  await ended(first.finish_job);
  expect(existsSync(at("parts.zarr"))).toBe(false);
  expect(readFileSync(at(`slurm-${first.finish_job}.out`), "utf8")).toContain(
    "Run again: --shard 2/2.",
  );
  expect(field(`${first.job}_2`, "JobState")).toBe("CANCELLED");

  // The same again: what is there is kept. The second task is interrupted as before its time limit, and then loses its node.
  const second = submit(parts);
  const task = `${second.job}_2`;
  const before = chunks();
  await until(() => chunks() > before);
  done("scancel", "--batch", "--signal=USR1", task);
  await until(() => field(task, "Restarts") === "1" && queue(task, "%T") === "RUNNING");
  const node = queue(task, "%N");
  done("scontrol", "update", `nodename=${node}`, "state=down", "reason=test");
  await until(() => field(task, "Restarts") === "2");
  done("scontrol", "update", `nodename=${node}`, "state=resume");
  await ended(second.finish_job);
  minisim("simulate", ...words, "-o", "whole.zarr", "--quiet");
  expect(filesOf(at("parts.zarr"))).toEqual(filesOf(at("whole.zarr")));
  expect(existsSync(at("parts.zarr.shards"))).toBe(false);
});

test("tasks that come no further are given up, each for itself", async () => {
  // The first comes further in its second run, the second never.
  writeFileSync(
    at("stub.sh"),
    `[ "$1" = finish ] && exit\necho "$SLURM_RESTART_COUNT" >> runs-$SLURM_ARRAY_TASK_ID\n` +
      `[ $SLURM_ARRAY_TASK_ID = 1 ] && [ "$SLURM_RESTART_COUNT" = 1 ] && exit 75\nexit 76\n`,
  );
  const { job, finish_job } = submit(
    ["tiny.yaml", "-o", "never.zarr", "--shards", "2"],
    `bash ${at("stub.sh")}`,
  );
  await ended(finish_job);
  const runs = (shard: number) =>
    readFileSync(at(`runs-${shard}`), "utf8")
      .split("\n")
      .slice(0, -1);
  expect(runs(1)).toEqual(["", "1", "2", "3", "4"]);
  expect(runs(2)).toEqual(["", "1", "2"]);
  for (const shard of [1, 2]) {
    expect(field(`${job}_${shard}`, "JobState")).toBe("FAILED");
    expect(readFileSync(at(`slurm-${job}_${shard}.out`), "utf8")).toContain(
      "error: 3 runs in a row were ended before a single chunk was finished, so this task is not requeued",
    );
  }
  expect(call("squeue", ["--noheader"]).stdout).toBe("");
});

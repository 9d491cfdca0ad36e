// Shards of a sweep, killed, run twice and at the same time, make the table of one run.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Evaluation,
  finishSweep,
  openCache,
  runSweep,
  runSweepShard,
  sweepStatus,
} from "@minisim/sweep/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runChild } from "./child.ts";
import { evaluate, points } from "./run-points.ts";

let home = "";
let folder = "";
const cache = () => openCache(`${folder}-cache`);
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "minisim-sweep-shards-"));
  folder = join(home, "sweep");
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const parted = async (input: Parameters<typeof evaluate>[0]) => ({
  ...(await evaluate(input)),
  halves: [{ half: 0 }, { half: input.index / 2 }],
});

test("killed shards, two of them twice, and the table of one run", async () => {
  const shard = (number: number, kill?: "frames" | "point") =>
    runChild("shard-child.ts", [folder, `${number}`, "3"], (line, child) => {
      if (line === kill) child.kill("SIGKILL");
    });
  const killed = await Promise.all([shard(1, "frames"), shard(2, "point")]);
  expect(killed.map((ended) => ended.killed)).toEqual([true, true]);
  expect(await sweepStatus(folder)).toMatchObject({ points: 8, has_table: false });
  await Promise.all([shard(1), shard(1), shard(2)]);
  await expect(finishSweep(folder)).rejects.toMatchObject({
    message: `${folder} is not finished: 2 of its 8 points are missing. Run again: --shard 3/3.`,
  });
  expect(await sweepStatus(folder)).toEqual({
    points: 8,
    done: 6,
    failed: 0,
    has_table: false,
    shards: [
      { number: 1, points: 3, done: 3 },
      { number: 2, points: 3, done: 3 },
      { number: 3, points: 2, done: 0 },
    ],
  });
  await Promise.all([shard(3), shard(3)]);
  const { rows, failed } = await finishSweep(folder);
  expect([rows.length, failed.length]).toEqual([8, 0]);

  const whole = join(home, "whole");
  await runSweep(points, evaluate, { folder: whole, evaluator: "mean 1", cache: cache() });
  for (const name of ["table.csv", "table.parquet", ".minisim.json"]) {
    expect(readFileSync(join(folder, name), "hex")).toBe(readFileSync(join(whole, name), "hex"));
  }
  // As often as one likes; and one process may go on with what shards have made.
  await finishSweep(folder);
  const again = await runSweep(points, () => expect.unreachable(), {
    folder,
    evaluator: "mean 1",
    cache: cache(),
    resume: true,
  });
  expect(again.rows).toEqual(rows);
  expect(readdirSync(folder).sort()).toEqual([
    ".minisim.json",
    "points",
    "shards.json",
    "sweep.json",
    "table.csv",
    "table.parquet",
  ]);
});

test("tables of parts, and points that fail, are those of one run too", async () => {
  const failing = (input: Parameters<typeof evaluate>[0]) => {
    if (input.index === 5) throw new Error("no luck.");
    return parted(input);
  };
  const run = { evaluator: "halves 1", parts: "halves", cache: cache(), workers: 1 };
  const types = { mean: "float" } as const;
  const shards = join(home, "parted");
  const failures: number[] = [];
  for (const number of [2, 1]) {
    const shard = { number, of: 2 };
    const done = await runSweepShard(points, failing, { ...run, types, folder: shards, shard });
    failures.push(done.failed.length);
  }
  expect(failures).toEqual([1, 0]);
  expect((await finishSweep(shards)).failed.map(({ message }) => message)).toEqual(["no luck."]);
  const whole = join(home, "parted-whole");
  await runSweep(points, failing, { ...run, types, folder: whole });
  for (const name of ["table.csv", "table.parquet", "halves.csv", "halves.parquet"]) {
    expect(readFileSync(join(shards, name), "hex")).toBe(readFileSync(join(whole, name), "hex"));
  }
});

test("more shards than points share the evaluations of a point", async () => {
  const two = { ...points, variants: points.variants.slice(0, 2) };
  const asked: number[] = [];
  const evaluations: Evaluation[] = [
    { name: "mean 1", evaluate: parted },
    {
      name: "twice 1",
      evaluate: ({ index }) => {
        asked.push(index);
        return { twice: 2 * index, halves: [{ half: index }] };
      },
    },
  ];
  const run = { evaluator: "both 1", parts: "halves", cache: cache(), workers: 1 };
  const shards = join(home, "split");
  for (const number of [4, 1, 3]) {
    const shard = { number, of: 4 };
    const done = await runSweepShard(two, evaluations, { ...run, folder: shards, shard });
    expect(done).toEqual({ points: 1, failed: [] });
  }
  expect(await sweepStatus(shards)).toMatchObject({
    points: 2,
    done: 1,
    shards: [1, 0, 1, 1].map((done, i) => ({ number: i + 1, points: 1, done })),
  });
  await expect(finishSweep(shards)).rejects.toMatchObject({
    message: `${shards} is not finished: 1 of its 2 points is missing. Run again: --shard 2/4.`,
  });
  await runSweepShard(two, evaluations, { ...run, folder: shards, shard: { number: 2, of: 4 } });
  await finishSweep(shards);
  expect(asked.sort()).toEqual([0, 1]);
  const whole = join(home, "split-whole");
  await runSweep(two, evaluations, { ...run, folder: whole });
  for (const name of ["table.csv", "table.parquet", "halves.csv", "halves.parquet"]) {
    expect(readFileSync(join(shards, name), "hex")).toBe(readFileSync(join(whole, name), "hex"));
  }
  expect(readFileSync(join(whole, "table.csv"), "utf8").split("\n")[0]).toMatch(/mean.*,twice/);
});

test("shards of another sweep are refused, and nothing is changed", async () => {
  const before = readFileSync(join(folder, "sweep.json"), "utf8");
  const shard = { number: 1, of: 3 };
  const run = { folder, shard, cache: cache() };
  const sentence = `${folder} has shards of another sweep: of other points, pipelines or versions. Choose another folder.`;
  const fewer = { ...points, variants: points.variants.slice(1) };
  await expect(
    runSweepShard(fewer, evaluate, { ...run, evaluator: "mean 1" }),
  ).rejects.toMatchObject({ message: sentence });
  await expect(
    runSweepShard(points, evaluate, { ...run, evaluator: "mean 2" }),
  ).rejects.toMatchObject({ message: sentence });
  expect(readFileSync(join(folder, "sweep.json"), "utf8")).toBe(before);
  await expect(finishSweep(home)).rejects.toMatchObject({
    message: `${home} has no shards of a sweep.`,
  });
  expect(await sweepStatus(home)).toBeUndefined();
  // What is not a sweep's is not written into.
  await expect(
    runSweepShard(points, evaluate, { ...run, folder: home, evaluator: "mean 1" }),
  ).rejects.toMatchObject({ kind: "path", code: "foreign" });
});

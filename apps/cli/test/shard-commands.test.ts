// simulate --shard, finish and status: what they say, and what they refuse.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { at, minisim, TINY, write } from "./harness.ts";

const SIMULATE = ["simulate", "tiny.yaml", "-o", "r.zarr"];

test("two shards, status between them, and finish", async () => {
  write("tiny.yaml", TINY);
  expect((await minisim(["status", "r.zarr"])).out).toBe("r.zarr\n  nothing is there\n");
  const second = await minisim([...SIMULATE, "--shard", "2/2"]);
  expect(second).toMatchObject({ code: 0 });
  expect(second.out).toBe(
    "r.zarr\n  shard 2/2: none of the chunks is its own\n  minisim finish r.zarr puts all shards together\n",
  );
  expect((await minisim(["status", "r.zarr"])).out).toBe(
    "r.zarr\n  0 of 1 chunks; the ground truth is not there yet\n  shard 1/2  0 of 1\n",
  );
  expect(await minisim(["finish", "r.zarr"])).toMatchObject({
    code: 1,
    err: "error: r.zarr is not finished: it lacks 1 chunk of its frames and part of its ground truth. Run again: --shard 1/2.\n",
  });
  expect(await minisim(["inspect", "r.zarr"])).toMatchObject({
    code: 1,
    err: "error: The recording r.zarr is not finished: its shards are in r.zarr.shards.\n",
  });
  const first = await minisim([...SIMULATE, "--shard", "1/2", "--json"]);
  expect(JSON.parse(first.out)).toMatchObject({ chunks: 1, rendered: 1, published: false });
  expect((await minisim(["status", "r.zarr"])).out).toBe(
    "r.zarr\n  everything is there; minisim finish r.zarr puts it together\n",
  );
  expect(await minisim(["finish", "r.zarr"])).toMatchObject({
    code: 0,
    out: "r.zarr is finished.\n",
  });
  expect(JSON.parse((await minisim(["status", "r.zarr", "--json"])).out)).toMatchObject({
    path: "r.zarr",
    state: "finished",
  });
  const late = await minisim([...SIMULATE, "--shard", "1/2"]);
  expect(late).toMatchObject({ code: 0, out: "r.zarr\n  finished\n" });
  const whole = await minisim(["simulate", "tiny.yaml", "-o", "whole.zarr", "--quiet"]);
  expect(whole.code).toBe(0);
  const same = await minisim(["compare", "r.zarr", "whole.zarr", "--exit-code", "--quiet"]);
  expect(same.code).toBe(0);
  const other = await minisim([...SIMULATE, "--shard", "1/2", "--seed", "4"]);
  expect(other).toMatchObject({
    code: 1,
    err: "error: r.zarr is another recording, and shards replace nothing. Remove it, or choose another path.\n",
  });
});

test("the last shard finishes where it is asked to, and no other does", async () => {
  write("tiny.yaml", TINY);
  await minisim([...SIMULATE, "--shard", "2/2", "--finish", "--quiet"]);
  expect(existsSync(at("r.zarr"))).toBe(false);
  const last = await minisim([...SIMULATE, "--shard", "1/2", "--finish"]);
  expect(last.out).toBe("r.zarr\n  shard 1/2: its 1 chunk is there\n  finished\n");
  expect(existsSync(at("r.zarr"))).toBe(true);
});

test("a shard that is interrupted asks to be tried again, and tells whether it came any further", async () => {
  write("tiny.yaml", TINY);
  const aborted = { signal: AbortSignal.abort() };
  const idle = await minisim([...SIMULATE, "--shard", "1/2"], aborted);
  expect(idle).toMatchObject({
    code: 76,
    err: "error: interrupted; nothing was left behind.\n",
  });
  // Four chunks, and a signal when there are two: each is counted a moment after it is there.
  const spec = ["--set", "acquisition.duration_s=6000"];
  const control = new AbortController();
  const ended = minisim([...SIMULATE, ...spec, "--shard", "1/1", "--workers", "1"], control);
  const chunks = () =>
    existsSync(at("r.zarr.shards"))
      ? readdirSync(at("r.zarr.shards"), { recursive: true }).filter((name) =>
          /observed\/c\/\d+\/0\/0$/.test(`${name}`),
        ).length
      : 0;
  while (chunks() < 2) await sleep(5);
  control.abort();
  const { code, err } = await ended;
  expect(err).toBe(
    "error: interrupted; what was finished of shard 1/1 is in r.zarr.shards: the same command goes on with it.\n",
  );
  expect(code).toBe(75);
});

test.each([
  [["--shard", "3/2"], "It must be I/N, as 3/8: the third of eight."],
  [["--shard", "0/2"], "It must be I/N, as 3/8: the third of eight."],
  [["--shard", "1/2", "--force"], "--shard replaces nothing, so --force does not go with it"],
  [["--shard", "1/2", "--dry-run"], "--dry-run tells what all shards cost together"],
  [["--shard", "1/2", "--profile"], "--profile goes with a whole recording"],
  [["--finish"], "--finish goes with --shard"],
])("%j is refused", async (words, sentence) => {
  write("tiny.yaml", TINY);
  const refused = await minisim([...SIMULATE, ...words]);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(sentence);
  expect(existsSync(at("r.zarr.shards"))).toBe(false);
});

test("a sweep in two shards, and its table", async () => {
  write(
    "sweep.yaml",
    `base: ${JSON.stringify({ ...parse(TINY) })}\naxes:\n  seed: [1, 2, 3]\npipeline: oracle\n`,
  );
  const SWEEP = ["sweep", "sweep.yaml", "--cache", "cache"];
  const first = await minisim([...SWEEP, "-o", "parts", "--shard", "1/2"]);
  expect(first).toMatchObject({
    code: 0,
    out: "parts\n  shard 1/2: its 2 points are there\n  minisim finish parts makes the table\n",
  });
  expect((await minisim(["status", "parts"])).out).toBe(
    "parts\n  2 of 3 points\n  shard 2/2  0 of 1\n",
  );
  expect(await minisim(["finish", "parts"])).toMatchObject({
    code: 1,
    err: "error: parts is not finished: 1 of its 3 points is missing. Run again: --shard 2/2.\n",
  });
  const second = await minisim([...SWEEP, "-o", "parts", "--shard", "2/2", "--finish"]);
  expect(second.out).toContain("parts/table.csv\n");
  expect((await minisim(["status", "parts"])).out).toBe(
    "parts\n  all 3 points are there and the table\n",
  );
  expect((await minisim(["finish", "parts", "--quiet"])).code).toBe(0);
  await minisim([...SWEEP, "-o", "whole", "--quiet"]);
  for (const name of ["table.csv", "cells.csv", "table.parquet", "cells.parquet"]) {
    expect(readFileSync(at("parts", name), "hex")).toBe(readFileSync(at("whole", name), "hex"));
  }
  const other = await minisim([
    ...SWEEP,
    "-o",
    "parts",
    "--shard",
    "1/2",
    "--set",
    "acquisition.fps=10",
  ]);
  expect(other.code).toBe(1);
  expect(other.err).toContain("parts has shards of another sweep");
  const forced = await minisim([...SWEEP, "-o", "parts", "--shard", "1/2", "--dry-run"]);
  expect(forced.code).toBe(2);
});

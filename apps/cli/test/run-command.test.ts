// minisim run, and adapters as pipelines of a sweep. The pipeline is one for tests, which finds a cell in the corner.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { builtinNames } from "@minisim/pipelines";
import { beforeEach, describe, expect, test } from "vitest";
import { at, minisim, type RunOptions, TINY, write } from "./harness.ts";

const FAKE = fileURLToPath(
  new URL("../../../packages/pipelines/test/fixtures/fake", import.meta.url),
);
const ENV = { PATH: process.env.PATH!, FAKE_RUNS: "" };

beforeEach(() => {
  cpSync(FAKE, at("mine"), { recursive: true });
  write("tiny.yaml", TINY);
});

const run = (words: readonly string[], options: RunOptions = {}) =>
  minisim(["run", ...words, "--cache", "cache"], {
    ...options,
    env: { ...ENV, FAKE_RUNS: at("runs"), ...options.env },
  });
const runs = () => (existsSync(at("runs")) ? readFileSync(at("runs"), "utf8").split("\n") : []);
const jsonAt = (...names: string[]) => JSON.parse(readFileSync(at(...names), "utf8"));

describe("a pipeline on a recording", () => {
  test("leaves its result, what was run, its log and its score", async () => {
    const { code, out, err } = await run(["./mine", "tiny.yaml", "-o", "out", "--set", "side=5"]);
    expect({ code, err }).toEqual({
      code: 0,
      err: "fake: writing the movie\nfake: looking\nfake: done\n",
    });
    expect(out).toMatch(/^fake 1\.2 on tiny\.yaml\n {2}cells .* 1 estimated\n/);
    expect(out).toMatch(/\nout {2}ran \d+ s\n$/);
    expect(readdirSync(at("out")).sort()).toEqual([
      ".minisim.json",
      "cells.npy",
      "log.txt",
      "run.json",
      "score.json",
    ]);
    expect(jsonAt("out", "run.json").parameters.side).toBe(5);
    await minisim(["simulate", "tiny.yaml", "-o", "tiny.zarr", "-q"]);
    const scored = await minisim(["score", "tiny.zarr", "out/cells.npy", "--json"]);
    expect(jsonAt("out", "score.json")).toEqual(JSON.parse(scored.out));
    // The store is the recording that was simulated into the cache.
    const again = await run(["./mine", "tiny.zarr", "-o", "second", "--set", "side=5", "--json"]);
    expect(JSON.parse(again.out)).toMatchObject({ path: "second", reused: true });
    expect(runs().filter(Boolean)).toEqual(["well"]);
  });

  test("replaces nothing unasked, and knows its own", async () => {
    const words = ["./mine", "tiny.yaml", "-o", "out", "-q", "--no-score"];
    expect((await run(words)).code).toBe(0);
    expect(existsSync(at("out/score.json"))).toBe(false);
    expect(await run(words)).toMatchObject({
      code: 1,
      err: "error: out exists already and was left as it is. Use --force to replace it.\n",
    });
    expect((await run([...words, "--resume"])).code).toBe(0);
    expect((await run([...words, "--resume", "--set", "side=3"])).code).toBe(1);
    expect((await run([...words, "--force", "--set", "side=3"])).code).toBe(0);
    expect(jsonAt("out", "run.json").parameters.side).toBe(3);
    expect((await run([...words, "--force", "--set", "side=3", "--again"])).code).toBe(0);
    expect(runs().filter(Boolean)).toHaveLength(3);
    writeFileSync(at("out/mine.txt"), "my notes");
    expect((await run([...words, "--force"])).err).toContain(
      "out holds what minisim did not write",
    );
  });

  test("that fails is one sentence with the log's place, and leaves no folder", async () => {
    const { code, err } = await run([
      "./mine",
      "tiny.yaml",
      "-o",
      "out",
      "-q",
      "--set",
      "way=fails",
    ]);
    expect(code).toBe(1);
    const [, log] =
      /^error: The pipeline fake ended with exit code 3: ValueError: no cells in sight\. Its log is (\S+)\.\n$/.exec(
        err,
      )!;
    expect(readFileSync(at(log!), "utf8")).toContain("Traceback: line 7");
    expect(readdirSync(at()).filter((name) => name.startsWith("out"))).toEqual([]);
  });

  test("that is interrupted leaves no folder", async () => {
    const control = new AbortController();
    const { code, err } = await run(["./mine", "tiny.yaml", "-o", "out", "--set", "way=sleeps"], {
      signal: control.signal,
      onErr: (text) => text.includes("looking") && control.abort(),
    });
    expect(code).toBe(130);
    expect(err).toMatch(/interrupted; what was finished, .*, is in the cache\.\n$/);
    expect(existsSync(at("out"))).toBe(false);
  });

  test("with words that mean nothing is refused before anything is simulated", async () => {
    const errors: readonly [readonly string[], number, RegExp][] = [
      [["mian", "tiny.yaml", "-o", "o"], 1, /"mian" is neither .* Did you mean "minian"\?/],
      [["./mine", "tiny.yaml"], 2, /run needs -o FOLDER/],
      [["./mine", "nothing", "-o", "o"], 2, /"nothing" is neither a file nor a preset/],
      [["./mine", "tiny.yaml", "-o", "o", "--set", "sied=3"], 2, /Did you mean "side"\?/],
      [["./mine", "tiny.yaml", "-o", "o", "--set", "side=99"], 2, /whole number of 1 to 20 px/],
      [["./mine", "tiny.yaml", "-o", "o", "--set", "acquisition.fps=9"], 2, /simulate --set/],
      [["caiman", "tiny.yaml", "-o", "o"], 1, /conda create .* name its Python with --python/],
      [["./cache", "tiny.yaml", "-o", "o"], 1, /"\.\/cache" is neither a pipeline nor a folder/],
      [["tiny.yaml", "tiny.yaml", "-o", "o"], 1, /has no pipeline\.yaml/],
    ];
    for (const [words, code, message] of errors) {
      const result = await run(words);
      expect(result.err).toMatch(message);
      expect(result.code).toBe(code);
      expect(result.err.trimEnd().split("\n")).toHaveLength(1);
    }
    expect(existsSync(at("cache"))).toBe(false);
  });
});

test("run alone lists the pipelines, and with a name what can be set", async () => {
  const list = await minisim(["run"]);
  for (const name of builtinNames()) expect(list.out).toContain(`  ${name} `);
  const { out } = await minisim(["run", "./mine"]);
  expect(out).toContain(
    "  side  a whole number of 1 to 20 px; default 6\n      The side of the cell.",
  );
  const described = JSON.parse((await minisim(["run", "suite2p", "--json"])).out);
  expect(described.parameters.tau).toMatchObject({ type: "number", unit: "s" });
  expect(JSON.parse((await minisim(["run", "--json"])).out)).toHaveLength(builtinNames().length);
});

describe("a sweep", () => {
  const sweepFile = (text: string) => write("sweep.yaml", `base: tiny.yaml\n${text}`);
  const sweep = (...words: string[]) =>
    minisim(["sweep", "sweep.yaml", "--cache", "cache", "-q", ...words], {
      env: { ...ENV, FAKE_RUNS: at("runs") },
    });
  const table = (folder: string) =>
    readFileSync(at(folder, "table.csv"), "utf8")
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(","));

  test("has parameters of pipelines as axes, and takes runs from the cache", async () => {
    sweepFile("axes: { pipeline.side: [3, 6], seed: [1, 2] }\npipeline: [./mine, roi]");
    const options = ["-o", "results", "--allow-commands"];
    expect(await sweep(...options)).toMatchObject({ code: 0, err: "" });
    const [header, ...rows] = table("results");
    expect(header!.slice(0, 3)).toEqual(["index", "pipeline.side", "seed"]);
    expect(header).toContain("fake_recall");
    expect(rows.map((row) => row.slice(0, 3).join(" "))).toEqual([
      "0 3 1",
      "1 3 2",
      "2 6 1",
      "3 6 2",
    ]);
    expect(runs().filter(Boolean)).toHaveLength(4);
    expect(new Set(rows.map((row) => row[3])).size).toBe(2);
    // Another folder: points are evaluated again, runs are found.
    expect((await sweep("-o", "second", "--allow-commands")).code).toBe(0);
    expect(runs().filter(Boolean)).toHaveLength(4);
    expect(table("second")).toEqual(table("results"));
  });

  test("tells what no pipeline has, and what it does not take, with line and column", async () => {
    sweepFile("axes:\n  pipeline.sied: [3]\n  pipeline.side: [3, 99]\npipeline: ./mine");
    const { code, err } = await sweep("-o", "results");
    expect(code).toBe(1);
    expect(err).toContain(
      'sweep.yaml:3:3  axes["pipeline.sied"]: no pipeline of this sweep has such a parameter. Did you mean "side"?',
    );
    expect(err).toContain(
      'sweep.yaml:4:22  axes["pipeline.side"][1]: must be a whole number of 1 to 20 px (got 99).',
    );
    sweepFile("axes: { pipeline.side: [3] }\npipeline: roi");
    expect((await sweep("-o", "results")).err).toContain("no pipeline of this sweep has such");
  });

  test("runs the folder of somebody else only when allowed", async () => {
    sweepFile("axes: { pipeline.side: [3, 4] }\npipeline: ./mine");
    const { code, err } = await sweep("-o", "results");
    expect(code).toBe(2);
    expect(err).toContain("sweep.yaml wants to run");
    expect(existsSync(at("runs"))).toBe(false);
  });
});

test("the cache lists runs and recordings by their kind", async () => {
  await run(["./mine", "tiny.yaml", "-o", "out", "-q"]);
  const { out } = await minisim(["cache", "ls", "--cache", "cache"]);
  expect(out).toMatch(/1 recording, 1 run, /);
  const { entries } = JSON.parse(
    (await minisim(["cache", "ls", "--cache", "cache", "--json"])).out,
  );
  expect(entries.map(({ kind }: { kind: string }) => kind).sort()).toEqual(["recording", "run"]);
  await minisim(["cache", "prune", "--cache", "cache", "--all"]);
  expect((await minisim(["cache", "ls", "--cache", "cache"])).out).toContain("nothing, 0 B");
});

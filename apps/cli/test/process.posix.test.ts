// The command as a process: what signals, closed streams and full devices make of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, openSync, readdirSync, rmSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { apart, at, TINY, write } from "./harness.ts";

const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const program = fileURLToPath(new URL("run-child.ts", import.meta.url));

/** A pipeline for tests. */
const FAKE = fileURLToPath(
  new URL("../../../packages/pipelines/test/fixtures/fake", import.meta.url),
);

/** Runs `minisim ...argv`, and sends it a signal as soon as something stands at the path `whenThere`. */
async function start(
  argv: readonly string[],
  options: { stdout?: number; signal?: NodeJS.Signals; whenThere?: string } = {},
): Promise<{ code: number | null; signal?: NodeJS.Signals; err: string }> {
  const { stdout = "ignore", signal, whenThere } = options;
  const child = spawn(process.execPath, [runner, program, ...argv], {
    cwd: at(),
    stdio: ["ignore", stdout, "pipe"],
  });
  const ended = Promise.all([text(child.stderr!), once(child, "close")]);
  if (signal && whenThere) {
    while (!existsSync(whenThere) && child.exitCode === null) await sleep(10);
    child.kill(signal);
  }
  const [err, [code, by]] = await ended;
  return { code, ...(by && { signal: by }), err: apart(err).err };
}

/** Long enough that a signal meets it in the middle. */
const LONG = ["simulate", "tiny.yaml", "-o", "r.zarr", "--set", "acquisition.duration_s=3000"];

describe.each([
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s", (signal, code) => {
  test("leaves what the message says", async () => {
    write("tiny.yaml", TINY);
    const whenThere = at("r.zarr.partial", "zarr.json");
    const ended = await start(LONG, { signal, whenThere });
    expect(ended).toEqual({ code, err: "error: interrupted; nothing was left behind.\n" });
    expect(readdirSync(at())).toEqual(["tiny.yaml"]);
    const kept = await start([...LONG, "--resume"], { signal, whenThere });
    expect(kept).toEqual({
      code,
      err: "error: interrupted; what was finished is in r.zarr.partial: --resume goes on with it, --force starts over.\n",
    });
    expect(readdirSync(at()).sort()).toEqual(["r.zarr.partial", "tiny.yaml"]);
  });
});

/** A plugin whose step waits, once so many scenes have been prepared as the file `patience` says, and says at the path `began` that it does. */
const SLOW = (patience: string, began: string) => `
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
let prepared = 0;
export const slow = {
  kind: "slow",
  revision: 1,
  domain: "tissue",
  summary: "Takes its time.",
  sources: ["a test"],
  params: z.strictObject({}),
  compile() {
    const [patience, began] = ${JSON.stringify([patience, began])};
    if (!existsSync(patience) || prepared++ < Number(readFileSync(patience, "utf8"))) return {};
    writeFileSync(began, "");
    for (const end = Date.now() + 300_000; Date.now() < end; );
    return {};
  },
};
`;

describe("while a scene is prepared", () => {
  const began = () => at("began");
  const INPUTS = ["began", "patience", "slow.mjs", "slow.yaml", "sweep.yaml"];
  const NOTHING = "nothing was left behind.";
  const argvOf = (words: string) => [...words.split(" "), "--plugin", "./slow.mjs"];

  beforeEach(() => {
    write("slow.mjs", SLOW(at("patience"), began()));
    write("slow.yaml", TINY.replace("steps:", "steps:\n  - kind: slow"));
    write("sweep.yaml", "base: slow.yaml\naxes: { seed: [1, 2] }\n");
    write("patience", "0");
  });

  /** What a signal makes of a command while it prepares the scene. One that did not hear of it would take five minutes. */
  const interrupted = (words: string, signal: NodeJS.Signals) =>
    start(argvOf(words), { signal, whenThere: began() });

  const left = () =>
    readdirSync(at())
      .filter((name) => !INPUTS.includes(name))
      .sort();

  test.each([
    ["simulate slow.yaml -o r.zarr", 130],
    ["simulate slow.yaml -o r.zarr --shard 1/2", 76],
    ["simulate slow.yaml --dry-run", 130],
    ["export slow.yaml -o movie.tif", 130],
    ["export slow.yaml --to tiff --dry-run", 130],
    ["measure slow.yaml", 130],
    ["measure slow.yaml -o page.html", 130],
    ["compare slow.yaml slow.yaml", 130],
    ["sweep sweep.yaml --dry-run --cache cache", 130],
    ["sweep sweep.yaml -o table --cache cache", 130],
  ])("SIGINT ends `%s` in order", async (words, code) => {
    const err = `error: interrupted; ${NOTHING}\n`;
    expect(await interrupted(words, "SIGINT")).toEqual({ code, err });
    expect(left()).toEqual([]);
  });

  test.each(["measure r.zarr", "score r.zarr oracle", "report r.zarr -o page.html"])(
    "of a recording, SIGINT ends `%s` in order",
    async (words) => {
      write("patience", "1");
      expect((await start(argvOf("simulate slow.yaml -o r.zarr -q"))).code).toBe(0);
      write("patience", "0");
      const err = `error: interrupted; ${NOTHING}\n`;
      expect(await interrupted(words, "SIGINT")).toEqual({ code: 130, err });
      expect(left()).toEqual(["r.zarr"]);
    },
  );

  test("SIGINT ends a pipeline's run in order", async () => {
    cpSync(FAKE, at("mine"), { recursive: true });
    const words = "run ./mine slow.yaml -o out --cache cache";
    const err =
      "error: interrupted; what was finished, packages and simulated recordings, is in the cache.\n";
    expect(await interrupted(words, "SIGINT")).toEqual({ code: 130, err });
    expect(left()).toEqual(["cache", "mine"]);
    expect(readdirSync(at("cache/locks"))).toEqual([]);
    expect(readdirSync(at("cache/leases"))).toEqual([]);
  });

  const SHARD = "sweep sweep.yaml -o table --cache cache --shard 1/1";

  test.each([
    ["0", 76, 0],
    ["1", 75, 1],
  ])("SIGINT ends a sweep's shard in order, after %s points", async (patience, code, points) => {
    write("patience", patience);
    const err =
      "error: interrupted; points that were finished are in table: the same command goes on with them.\n";
    expect(await interrupted(SHARD, "SIGINT")).toEqual({ code, err });
    expect(readdirSync(at("table/points"))).toHaveLength(points);
    expect(readdirSync(at("cache/locks"))).toEqual([]);
    write("patience", "2");
    expect(await start(argvOf(`${SHARD} --finish -q`))).toEqual({ code: 0, err: "" });
  });

  test.each(["SIGHUP", "SIGTERM"] as const)("%s ends it as the system does", async (signal) => {
    const ended = { code: null, signal, err: "" };
    expect(await interrupted("simulate slow.yaml -o r.zarr --shard 1/2", signal)).toEqual(ended);
    expect(left()).toEqual([]);
    // What was finished, and that somebody was at work, is on the disk: the next run goes on with the one and sees through the other.
    rmSync(began());
    write("patience", "1");
    expect(await interrupted(SHARD, signal)).toEqual(ended);
    expect(readdirSync(at("table/points"))).toHaveLength(1);
    write("patience", "1");
    expect(await start(argvOf(`${SHARD} --finish -q`))).toEqual({ code: 0, err: "" });
    expect(readdirSync(at("cache/locks"))).toEqual([]);
    expect(readdirSync(at("cache/leases"))).toEqual([]);
  });

  test("a sweep that SIGTERM has ended so goes on with --resume", async () => {
    const SWEEP = "sweep sweep.yaml -o table --cache cache -q";
    // The first scene is that of the estimate.
    write("patience", "2");
    const ended = { code: null, signal: "SIGTERM", err: "" };
    expect(await interrupted(SWEEP, "SIGTERM")).toEqual(ended);
    expect(readdirSync(at("table/points"))).toHaveLength(1);
    write("patience", "1");
    expect(await start(argvOf(`${SWEEP} --resume`))).toEqual({ code: 0, err: "" });
    expect(readdirSync(at("table/points"))).toHaveLength(2);
    expect(left()).toEqual(["cache", "table"]);
    expect(readdirSync(at("cache/locks"))).toEqual([]);
  });
});

test("a result that cannot be written is one sentence", async () => {
  const ended = await start(["schema"], { stdout: openSync("/dev/full", "w") });
  expect(ended).toEqual({
    code: 1,
    err: "error: the result could not be written to standard output: no space is left there.\n",
  });
});

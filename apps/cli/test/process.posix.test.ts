// The command as a process: what signals, closed streams and full devices make of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync, readdirSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { apart, at, TINY, write } from "./harness.ts";

const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const program = fileURLToPath(new URL("run-child.ts", import.meta.url));

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

/** A plugin whose step says at the path `began` that it compiles, and does so for longer than anybody waits. */
const SLOW = (began: string) => `
import { writeFileSync } from "node:fs";
import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
export const slow = {
  kind: "slow",
  revision: 1,
  domain: "tissue",
  summary: "Takes its time.",
  sources: ["a test"],
  params: z.strictObject({}),
  compile() {
    writeFileSync(${JSON.stringify(began)}, "");
    for (const end = Date.now() + 300_000; Date.now() < end; );
    return {};
  },
};
`;

describe("while the scene is prepared", () => {
  const whenThere = () => at("began");
  const begin = (signal: NodeJS.Signals, ...more: string[]) => {
    write("slow.mjs", SLOW(whenThere()));
    write("tiny.yaml", TINY.replace("steps:", "steps:\n  - kind: slow"));
    const argv = ["simulate", "tiny.yaml", "--plugin", "./slow.mjs", "-o", "r.zarr", ...more];
    return start(argv, { signal, whenThere: whenThere() });
  };

  test.each([
    ["a recording", [], 130],
    ["a shard", ["--shard", "1/2"], 76],
    ["a forecast", ["--dry-run"], 130],
  ])("SIGINT ends %s in order", async (_, more, code) => {
    const err = "error: interrupted; nothing was left behind.\n";
    expect(await begin("SIGINT", ...more)).toEqual({ code, err });
    expect(readdirSync(at()).sort()).toEqual(["began", "slow.mjs", "tiny.yaml"]);
  });

  test.each(["SIGHUP", "SIGTERM"] as const)("%s ends it as the system does", async (signal) => {
    expect(await begin(signal, "--shard", "1/2")).toEqual({ code: null, signal, err: "" });
    expect(readdirSync(at()).sort()).toEqual(["began", "slow.mjs", "tiny.yaml"]);
  });
});

test("a result that cannot be written is one sentence", async () => {
  const ended = await start(["schema"], { stdout: openSync("/dev/full", "w") });
  expect(ended).toEqual({
    code: 1,
    err: "error: the result could not be written to standard output: no space is left there.\n",
  });
});

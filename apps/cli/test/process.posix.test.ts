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
): Promise<{ code: number | null; err: string }> {
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
  const [err, [code]] = await ended;
  return { code, err: apart(err).err };
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

test("a result that cannot be written is one sentence", async () => {
  const ended = await start(["schema"], { stdout: openSync("/dev/full", "w") });
  expect(ended).toEqual({
    code: 1,
    err: "error: the result could not be written to standard output: no space is left there.\n",
  });
});

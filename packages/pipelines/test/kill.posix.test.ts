// kill -9 while a pipeline runs: its programs end with it, nothing half counts as finished, and the next run begins anew.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { at, cache, fixture } from "./recorded.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const child = fileURLToPath(new URL("kill-child.ts", import.meta.url));

async function runUntil(way: string, stage: string) {
  const argv = [runner, child, at(), fixture("fake"), way];
  const env = { ...process.env, FAKE_PID: at("pid"), FAKE_RUNS: at("runs") };
  const running = spawn(process.execPath, argv, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  createInterface({ input: running.stdout }).on("line", (line) => {
    lines.push(line);
    if (line === stage) running.kill("SIGKILL");
  });
  await once(running, "close");
  return lines;
}

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("a run that is killed leaves no program and nothing finished", async () => {
  const lines = await runUntil("sleeps", "looking");
  expect(lines.at(-1)).toBe("looking");
  const pid = Number(readFileSync(at("pid"), "utf8"));
  // It sleeps for ten minutes where nobody ends it.
  for (let waited_ms = 0; lives(pid) && waited_ms < 30_000; waited_ms += 50) await sleep(50);
  expect(lives(pid)).toBe(false);
  expect(await cache().list()).toEqual([]);
  expect(readdirSync(at("cache/making"))).toHaveLength(1);

  // The same again begins anew, and throws away what was left; then it is found.
  await runUntil("sleeps", "looking");
  expect(readdirSync(at("cache/making"))).toHaveLength(1);
  expect((await runUntil("well", "")).at(-1)).toBe("hit false");
  expect((await runUntil("well", "")).at(-1)).toBe("hit true");
  expect(readFileSync(at("runs"), "utf8").split("\n").filter(Boolean)).toEqual([
    "sleeps",
    "sleeps",
    "well",
  ]);
  await cache().prune({});
  expect(readdirSync(at("cache/making"))).toEqual([]);
});

// Shards that are killed, run twice and at the same time make the files of one run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SpecInput } from "minisim";
import { simulateToStore } from "minisim/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { minimal } from "./specs.ts";

const KILLS = 10;
const SHARDS = 4;
const root = fileURLToPath(new URL("../../..", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const child = fileURLToPath(new URL("shard-child.ts", import.meta.url));

// Nine chunks of the observed movie and of each snapshot: of the kill test's canvas, two and more for each shard.
const spec = {
  ...minimal,
  acquisition: { duration_s: 26, image_sensor: { n_px_height: 184, n_px_width: 184 } },
  output: { save_intermediates: true },
} satisfies SpecInput;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-shards-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the child; kills it `after_ms` from its start, if it still runs then. */
async function run(path: string, number: number, after_ms?: number) {
  const words = [runner, child, path, JSON.stringify(spec), `${number}`, `${SHARDS}`];
  const run = spawn(process.execPath, words, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let start = 0;
  let problem = "";
  run.stdout.once("data", () => {
    start = performance.now();
    if (after_ms !== undefined) setTimeout(() => run.kill("SIGKILL"), after_ms);
  });
  run.stderr.on("data", (text) => {
    problem += text;
  });
  const [code, signal] = await once(run, "close");
  const killed = signal === "SIGKILL";
  if (code !== 0 && !killed) throw new Error(problem);
  return { killed, duration_ms: performance.now() - start };
}

function filesOf(path: string): Map<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [file.slice(path.length), readFileSync(file, "hex")]));
}

/** In 0 … 1, by number alone. */
const fraction = (number: number): number =>
  ((Math.imul(number + 1, 0x9e3779b1) >>> 0) % 1024) / 1024;

test(`${SHARDS} shards with ${KILLS} kills make the files of one run`, async () => {
  const whole = join(folder, "whole.zarr");
  await simulateToStore(spec, whole);
  const path = join(folder, "shards.zarr");
  // How long a shard takes; a recording of its own, so that nothing is done yet of the other.
  const { duration_ms } = await run(join(folder, "timed.zarr"), 1);
  let kills = 0;
  for (let attempt = 0; kills < KILLS; attempt++) {
    // Two at once, every third time twice the same. The last shard is left out: else it might be finished too early.
    const first = (attempt % (SHARDS - 1)) + 1;
    const second = attempt % 3 === 0 ? first : ((attempt + 1) % (SHARDS - 1)) + 1;
    const ended = await Promise.all(
      [first, second].map((number, i) =>
        run(path, number, fraction(2 * attempt + i) * duration_ms),
      ),
    );
    kills += ended.filter(({ killed }) => killed).length;
    expect(existsSync(path)).toBe(false);
  }
  // Two of them twice at the same time, and the last one too: whoever finds all of it there finishes it.
  await Promise.all([1, 1, 2, 3].map((number) => run(path, number)));
  expect(existsSync(path)).toBe(false);
  await Promise.all([4, 4, 2].map((number) => run(path, number)));
  expect(filesOf(path)).toEqual(filesOf(whole));
  // What killed shards left is gone with their folder.
  expect(readdirSync(folder).sort()).toEqual(["shards.zarr", "timed.zarr.shards", "whole.zarr"]);
});

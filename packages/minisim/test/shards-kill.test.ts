// Shards that are killed, run twice and at the same time make the files of one run.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SpecInput } from "minisim";
import { simulateToStore } from "minisim/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesOf } from "./files.ts";
import { run as runProgram } from "./killed.ts";
import { fiveChunks } from "./specs.ts";

const KILLS = 10;
const SHARDS = 4;

// Nine chunks of the observed movie and of each snapshot: of the kill test's canvas, two and more for each shard.
const spec = {
  ...fiveChunks,
  acquisition: { ...fiveChunks.acquisition, duration_s: 26 },
} satisfies SpecInput;

const run = (path: string, number: number, after_ms?: number) =>
  runProgram("shard-child.ts", [path, JSON.stringify(spec), `${number}`, `${SHARDS}`], after_ms);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-shards-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

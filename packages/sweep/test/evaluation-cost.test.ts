// The time of an evaluation is measured on short recordings, and on the first point itself where that is short and cached.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sweep } from "@minisim/sweep";
import { estimateEvaluation, openCache, type RecordingCache } from "@minisim/sweep/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { base } from "./specs.ts";

let folder: string;
let cache: RecordingCache;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-evaluation-"));
  cache = openCache(join(folder, "cache"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Where the recordings were that were evaluated, and how long. */
async function evaluatedOf(duration_s: number) {
  const points = sweep(base, { "acquisition.duration_s": [duration_s, 2 * duration_s] });
  const seen: { readonly place: string; readonly frames: number }[] = [];
  const evaluate = async ({ path, recording }: { path: string; recording: Recorded }) => {
    seen.push({ place: dirname(path), frames: recording.shape[0] });
    return {};
  };
  const cost = await estimateEvaluation(points, evaluate, { cache });
  expect(cost.measured.map(({ frames }) => frames)).toEqual(seen.map(({ frames }) => frames));
  return seen;
}

interface Recorded {
  readonly shape: readonly [number, number, number];
}

const cached = async (duration_s: number) => {
  const { acquisition } = base;
  const entry = await cache.get({ ...base, acquisition: { ...acquisition, duration_s } });
  await entry.release();
  return dirname(entry.path);
};

test("without a cached point, on recordings of 64 and 192 frames in a folder of their own", async () => {
  const seen = await evaluatedOf(11);
  expect(seen.map(({ frames }) => frames)).toEqual([64, 192]);
  for (const { place } of seen) expect(place.startsWith(folder)).toBe(false);
});

test("a short first point that is cached is evaluated where it lies", async () => {
  const place = await cached(1);
  expect(await evaluatedOf(1)).toEqual([{ place, frames: 20 }]);
});

test("a long one is not evaluated whole, cached or not", async () => {
  await cached(11);
  expect((await evaluatedOf(11)).map(({ frames }) => frames)).toEqual([64, 192]);
});

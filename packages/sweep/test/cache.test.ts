import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { defaultCacheFolder, openCache, simulateCached } from "@minisim/sweep/node";
import { Spec, SpecError } from "minisim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runChild } from "./child.ts";
import { base, withFields } from "./specs.ts";

let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "minisim-cache-")), "cache");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const seeded = (seed: number) => withFields({ seed });
const keyOf = (spec: unknown) => Spec.cacheKey(Spec.parse(spec));

const leaseOf = (key: string) => join(folder, "leases", `${key}.${randomUUID()}`);

/** Fills the cache with the recordings of seeds 0 … count − 1, used in that order, an hour apart. */
async function fill(count: number) {
  const cache = openCache(folder);
  const keys: string[] = [];
  for (let seed = 0; seed < count; seed++) {
    const { cache_key, path, release } = await cache.get(seeded(seed), { workers: 1 });
    await release();
    const used = new Date(Date.now() - (count - seed) * 3_600_000);
    utimesSync(path, used, used);
    keys.push(cache_key);
  }
  return { cache, keys };
}

describe("a cache", () => {
  test("makes a recording once, under its key", async () => {
    const cache = openCache(folder);
    const made = await cache.get(base);
    const found = await cache.get({ ...base, steps: [...base.steps].reverse() });
    expect([made.hit, found.hit]).toEqual([false, true]);
    expect(made.path).toBe(join(folder, `${keyOf(base)}.zarr`));
    expect(found.path).toBe(made.path);
    expect((await found.recording.readFrames(0, 20)).length).toBe(20 * 32 * 32);
    expect(await found.recording.verify()).toEqual([]);
    const [entry, ...others] = await cache.list();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ cache_key: keyOf(base), path: made.path, in_use: true });
    expect(await cache.size()).toBe(entry!.bytes);
    expect(await cache.keys()).toEqual([keyOf(base)]);
    await made.release();
    await found.release();
    expect((await cache.list())[0]!.in_use).toBe(false);
    expect(readdirSync(join(folder, "making"))).toEqual([]);
    expect(readdirSync(join(folder, "locks"))).toEqual([]);
    expect(readdirSync(join(folder, "leases"))).toEqual([]);
  });

  test("serves many at once in one process with one simulation", async () => {
    const cache = openCache(folder);
    const all = await Promise.all(Array.from({ length: 4 }, () => cache.get(base)));
    expect(all.filter(({ hit }) => !hit)).toHaveLength(1);
    await Promise.all(all.map(({ release }) => release()));
  });

  test("refuses what is no spec, and makes nothing then", async () => {
    await expect(openCache(folder).get({ ...base, seed: -1 })).rejects.toThrow(SpecError);
    expect(existsSync(folder)).toBe(false);
  });

  test("is left as it was by an abort", async () => {
    const reason = new Error("enough");
    const get = openCache(folder).get(base, { signal: AbortSignal.abort(reason) });
    await expect(get).rejects.toBe(reason);
    expect(await openCache(folder).list()).toEqual([]);
    expect(readdirSync(join(folder, "locks"))).toEqual([]);
    expect(readdirSync(join(folder, "leases"))).toEqual([]);
  });

  test.each([
    ["without its root document", "zarr.json", ""],
    ["with a cut root document", "zarr.json", '{"zarr_format": 3,'],
    ["without a chunk of the movie", "observed/c", undefined],
  ])("makes an entry anew that stands there %s", async (_, part, content) => {
    const { cache } = await fill(1);
    const path = join(folder, `${keyOf(seeded(0))}.zarr`);
    if (content) writeFileSync(join(path, part), content);
    else rmSync(join(path, part), { recursive: true });
    const again = await cache.get(seeded(0));
    expect(again.hit).toBe(false);
    expect(await again.recording.verify()).toEqual([]);
    expect(readdirSync(join(folder, "trash"))).toEqual([]);
    await again.release();
  });

  test("does not take an entry of another key for the one asked for", async () => {
    const { cache, keys } = await fill(1);
    const wrong = join(folder, `${keyOf(seeded(1))}.zarr`);
    const { cpSync } = await import("node:fs");
    cpSync(join(folder, `${keys[0]}.zarr`), wrong, { recursive: true });
    const got = await cache.get(seeded(1));
    expect([got.hit, got.recording.spec.seed]).toEqual([false, 1]);
    await got.release();
  });

  test("drops what its reader found damaged", async () => {
    const { cache, keys } = await fill(1);
    await cache.drop(keys[0]!);
    expect(await cache.keys()).toEqual([]);
  });
});

test("a folder that cannot be made is told in one sentence", async () => {
  writeFileSync(folder, "");
  await expect(openCache(folder).get(base)).rejects.toThrow(
    /^A file stands where .*cache.* needs a folder\.$/,
  );
});

test("a folder of somebody else's is never made a cache, and nothing in it is touched", async () => {
  mkdirSync(join(folder, "trash"), { recursive: true });
  const thesis = join(folder, "trash", "old_thesis.docx");
  writeFileSync(thesis, "precious");
  const cache = openCache(folder);
  for (const use of [() => cache.get(base), () => cache.prune({ all: true })]) {
    await expect(use()).rejects.toMatchObject({
      code: "foreign",
      message: `${folder} is not empty and no cache of minisim's, so no recordings are kept there. Choose an empty folder.`,
    });
  }
  expect(readdirSync(folder)).toEqual(["trash"]);
  expect(readdirSync(join(folder, "trash"))).toEqual(["old_thesis.docx"]);
});

test("of a cache, only what has a name of the cache's is removed", async () => {
  const { cache } = await fill(1);
  const mine = ["trash/notes.txt", "making/m", "leases/mine", "mine.zarr"];
  for (const name of mine) writeFileSync(join(folder, name), "precious");
  expect((await cache.prune({ all: true })).removed).toHaveLength(1);
  for (const name of mine) expect(existsSync(join(folder, name))).toBe(true);
});

describe("room", () => {
  test("is made at the entries not used for longest, but never at one in use", async () => {
    const { cache, keys } = await fill(3);
    const size = await cache.size();
    const held = await cache.get(seeded(0));
    // The last use decides, not the making: 0 was just used, 1 is the oldest now.
    const one = await cache.prune({ maxBytes: size - 1 });
    expect(one.removed.map(({ cache_key }) => cache_key)).toEqual([keys[1]]);
    expect(one.freed_bytes).toBe(one.removed[0]!.bytes);
    const all = await cache.prune({ all: true });
    expect(all.removed.map(({ cache_key }) => cache_key)).toEqual([keys[2]]);
    expect(all.kept.map(({ cache_key }) => cache_key)).toEqual([keys[0]]);
    expect((await held.recording.readFrames(0, 1)).length).toBe(32 * 32);
    await held.release();
    expect((await cache.prune({ maxBytes: 0 })).removed).toHaveLength(1);
    expect(await cache.list()).toEqual([]);
  });

  test("is made by age", async () => {
    const { cache, keys } = await fill(3);
    const { removed } = await cache.prune({ olderThan: new Date(Date.now() - 1.5 * 3_600_000) });
    expect(removed.map(({ cache_key }) => cache_key)).toEqual([keys[0], keys[1]]);
    expect(await cache.keys()).toEqual([keys[2]]);
  });

  test("is made by itself where a cache has a limit", async () => {
    const one = (await fill(1)).cache;
    const limit = Math.round((await one.size()) * 2.5);
    const cache = openCache(folder, { maxBytes: limit });
    for (let seed = 1; seed < 5; seed++) {
      await (await cache.get(seeded(seed))).release();
      expect(await cache.size()).toBeLessThanOrEqual(limit);
    }
    expect((await cache.keys()).sort()).toEqual([keyOf(seeded(3)), keyOf(seeded(4))].sort());
  });

  test("is taken by one larger than the limit as long as it is used", async () => {
    const cache = openCache(folder, { maxBytes: 1 });
    const { release, recording } = await cache.get(base);
    expect((await recording.readFrames(19, 20)).length).toBe(32 * 32);
    await release();
    expect(await cache.list()).toEqual([]);
  });

  test("leases and locks of dead processes hold nothing", async () => {
    const { cache, keys } = await fill(1);
    // No process has a number that large on any system.
    const since = new Date().toISOString();
    const dead = { host: hostname(), pid: 2 ** 31 - 1, since };
    writeFileSync(leaseOf(keys[0]!), JSON.stringify(dead));
    // One that had the number of this process.
    const earlier = { host: hostname(), pid: process.pid, since, birth: "an earlier boot" };
    writeFileSync(join(folder, "locks", keys[0]!), JSON.stringify(earlier));
    expect((await cache.prune({ all: true })).removed).toHaveLength(1);
    expect(readdirSync(join(folder, "leases"))).toEqual([]);
    expect(readdirSync(join(folder, "locks"))).toEqual([]);
  });

  test("leases of another machine hold while they are touched", async () => {
    const { cache, keys } = await fill(1);
    const lease = leaseOf(keys[0]!);
    const since = new Date().toISOString();
    writeFileSync(lease, JSON.stringify({ host: `not-${hostname()}`, pid: 1, since }));
    expect((await cache.prune({ all: true })).kept).toHaveLength(1);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lease, longAgo, longAgo);
    expect((await cache.prune({ all: true })).removed).toHaveLength(1);
  });
});

describe("processes", () => {
  // Some seconds of simulation, so that one really waits for the other: 25 chunks.
  const long = {
    ...base,
    acquisition: {
      ...base.acquisition,
      duration_s: 20,
      image_sensor: { n_px_height: 128, n_px_width: 128 },
    },
  };

  test("that want the same recording at once make it once", async () => {
    const waiting: { send: () => void }[] = [];
    const both = [0, 1].map(() =>
      runChild("cache-child.ts", [folder, JSON.stringify(long)], (line, child) => {
        if (line !== "ready") return;
        waiting.push({ send: () => child.stdin!.write("go\n") });
        if (waiting.length === 2) for (const { send } of waiting) send();
      }),
    );
    const ends = (await Promise.all(both)).map(({ lines }) => JSON.parse(lines.at(-1)!));
    expect(ends.map(({ hit }) => hit).sort()).toEqual([false, true]);
    expect(new Set(ends.map(({ path }) => path)).size).toBe(1);
    const cache = openCache(folder);
    const { recording, hit, release } = await cache.get(long);
    expect([hit, await recording.verify()]).toEqual([true, []]);
    await release();
    expect(readdirSync(join(folder, "making"))).toEqual([]);
  });

  test("that are killed while they make one leave it to the next to go on", async () => {
    const { killed } = await runChild(
      "cache-child.ts",
      [folder, JSON.stringify(long)],
      (line, child) => {
        if (line === "ready") child.stdin!.write("go\n");
        if (line === "frames") child.kill("SIGKILL");
      },
    );
    expect(killed).toBe(true);
    const cache = openCache(folder);
    expect(await cache.list()).toEqual([]);
    const { recording, release } = await cache.get(long);
    expect(await recording.verify()).toEqual([]);
    await release();
    expect(readdirSync(join(folder, "making"))).toEqual([]);
    expect(readdirSync(join(folder, "locks"))).toEqual([]);
  });

  test("that take a living one for dead do no harm", async () => {
    let other: Promise<boolean> | undefined;
    const { lines } = await runChild(
      "cache-child.ts",
      [folder, JSON.stringify(long)],
      (line, child) => {
        if (line === "ready") child.stdin!.write("go\n");
        if (line !== "frames" || other) return;
        rmSync(join(folder, "locks", keyOf(long)));
        other = openCache(folder)
          .get(long)
          .then(async ({ recording, release }) => {
            const sound = (await recording.verify()).length === 0;
            await release();
            return sound;
          });
      },
    );
    expect(await other).toBe(true);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ pixels: 128 * 128 });
    expect(await openCache(folder).keys()).toEqual([keyOf(long)]);
    const { recording, hit, release } = await openCache(folder).get(long);
    expect([hit, await recording.verify()]).toEqual([true, []]);
    await release();
  });
});

test("simulateCached is the short way", async () => {
  const made = await simulateCached(base, { folder });
  const found = await simulateCached(base, { folder });
  expect([made.hit, found.hit, found.path]).toEqual([false, true, made.path]);
  await made.release();
  await found.release();
});

test("the default folder is where the platform keeps caches", () => {
  const at = (env: Record<string, string>, platform: NodeJS.Platform) =>
    defaultCacheFolder(env, platform);
  expect(at({ MINISIM_CACHE_DIR: "/x/y", XDG_CACHE_HOME: "/c" }, "linux")).toBe("/x/y");
  expect(at({ XDG_CACHE_HOME: "/c" }, "linux")).toBe(join("/c", "minisim"));
  expect(at({ XDG_CACHE_HOME: "relative" }, "linux")).toMatch(/\.cache.minisim$/);
  expect(at({}, "linux")).toMatch(/\.cache.minisim$/);
  expect(at({}, "darwin")).toMatch(/Library.Caches.minisim$/);
  expect(at({ LOCALAPPDATA: "C:\\L" }, "win32")).toBe(join("C:\\L", "minisim", "cache"));
});

// What the cache keeps beside recordings: folders that somebody else fills.
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
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache } from "@minisim/sweep/node";
import { afterEach, beforeEach, expect, test } from "vitest";

const KEY = "0123456789abcdef";
let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "minisim-cache-")), "cache");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const filled = (text: string) => (own: string) => writeFile(join(own, "result.txt"), text);

test("a folder is made once, is listed, and goes when it is in nobody's use", async () => {
  const cache = openCache(folder);
  const made = await cache.getFolder("run", KEY, filled("first"));
  const found = await cache.getFolder("run", KEY, filled("second"));
  expect([made.hit, found.hit, found.path]).toEqual([false, true, join(folder, `${KEY}.run`)]);
  expect(await readFile(join(found.path, "result.txt"), "utf8")).toBe("first");
  const expected = { kind: "run", cache_key: KEY, bytes: 5, in_use: true };
  expect(await cache.list()).toMatchObject([expected]);
  expect(await cache.keys()).toEqual([]);
  expect((await cache.prune({ all: true })).kept).toHaveLength(1);
  await made.release();
  await found.release();
  expect((await cache.prune({ all: true })).removed).toMatchObject([{ kind: "run" }]);
  expect(await cache.list()).toEqual([]);
});

test("a making that fails leaves its log and nothing else", async () => {
  const cache = openCache(folder);
  const failing = cache.getFolder("environment", KEY, async (own, log) => {
    await filled("half")(own);
    await appendFile(log, "no such package\n");
    throw new Error("it failed");
  });
  await expect(failing).rejects.toThrow("it failed");
  expect(await cache.list()).toEqual([]);
  for (const name of ["making", "leases", "locks", "trash"]) {
    expect(readdirSync(join(folder, name))).toEqual([]);
  }
  expect(await readFile(join(folder, "logs", `${KEY}.log`), "utf8")).toBe("no such package\n");
  await cache.prune({});
  expect(readdirSync(join(folder, "logs"))).toEqual([`${KEY}.log`]);
  await cache.prune({ all: true });
  expect(readdirSync(join(folder, "logs"))).toEqual([]);
});

test("what a killed process left half is never gone on with", async () => {
  const cache = openCache(folder);
  await cache.prune({});
  const half = join(folder, "making", `${KEY}.00000000-0000-0000-0000-000000000000.run`);
  mkdirSync(half);
  writeFileSync(join(half, "half.txt"), "half");
  const { path, release } = await cache.getFolder("run", KEY, filled("whole"));
  expect(readdirSync(path)).toEqual(["result.txt"]);
  expect(existsSync(half)).toBe(false);
  mkdirSync(half);
  await cache.prune({});
  expect(existsSync(half)).toBe(false);
  await release();
});

test("two that clear away at once what the dead left do not stumble over each other", async () => {
  const cache = openCache(folder);
  await cache.prune({});
  const longAgo = new Date(Date.now() - 3_600_000);
  for (let i = 0; i < 100; i++) {
    const lock = join(folder, "making", `.${KEY}.${randomUUID()}.zarr.minisim-lock`);
    writeFileSync(lock, "");
    utimesSync(lock, longAgo, longAgo);
  }
  await Promise.all(Array.from({ length: 4 }, () => cache.prune({})));
  expect(readdirSync(join(folder, "making"))).toEqual([]);
});

test("two that want the same folder at once make it once", async () => {
  const cache = openCache(folder);
  let made = 0;
  const make = async (own: string) => {
    made += 1;
    await filled("one")(own);
  };
  const both = await Promise.all([1, 2].map(() => cache.getFolder("run", KEY, make)));
  expect(both.map(({ hit }) => hit).sort()).toEqual([false, true]);
  expect(made).toBe(1);
  for (const { release } of both) await release();
});

// Shards that compile one scene together: killed, damaged and without a disk, the recording is that of one process.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache } from "@minisim/sweep/node";
import { builtin, compile, slots } from "minisim";
import { finishShards, simulateToStore } from "minisim/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { orderFor, sharedWorks } from "../src/node/shared-works.ts";
import { runChild } from "./child.ts";
import { longSpec } from "./long-spec.ts";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "minisim-scene-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const KEY = builtin.Spec.cacheKey(longSpec);

test("shards, each killed at its first piece and started again, make the recording of one process", async () => {
  const path = join(home, "shards.zarr");
  const folder = join(home, "cache");
  const run = (number: number, kill?: "first") =>
    runChild("scene-child.ts", [path, folder, `${number}`, "3"], (line, child) => {
      if (kill && line.startsWith("makes")) child.kill("SIGKILL");
    });
  const killed = await Promise.all([1, 2, 3].map((number) => run(number, "first")));
  expect(killed.map((ended) => ended.killed)).toEqual([true, true, true]);
  const first = await run(1);
  // Two works of light and its pool: of 16 cells and of 4096 frames each.
  const { count } = compile(longSpec).scene.get(slots.cells);
  const pieces = Math.ceil(count / 16) + 2;
  expect(first.lines.length).toBeGreaterThan(0);
  const others = await Promise.all([run(2), run(3), run(3)]);
  const made = [first, ...others, ...killed].flatMap(({ lines }) => lines);
  expect(new Set(made).size).toBe(pieces);
  expect(others.flatMap(({ lines }) => lines)).toEqual([]);
  await finishShards(path);

  const whole = join(home, "whole.zarr");
  await simulateToStore(longSpec, whole);
  const names = readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(whole.length));
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    expect([name, readFileSync(join(path, name))]).toEqual([name, readFileSync(join(whole, name))]);
  }
  const [entry] = await openCache(folder).list();
  expect(entry).toMatchObject({ kind: "scene", cache_key: KEY, in_use: false });
  const { removed } = await openCache(folder).prune({ all: true });
  expect(removed).toHaveLength(1);
});

const numbers = (piece: number) => Float64Array.of(piece, 0.1 * piece, Number.NaN, -0);

describe("pieces", () => {
  const folderOf = (name: string) => {
    const folder = join(home, name);
    mkdirSync(folder);
    return folder;
  };

  test("are taken from others, and made anew where they are damaged, cut short or of another work", () => {
    const folder = folderOf("damage");
    const one = sharedWorks(folder, { number: 1, of: 2 });
    one.share("a", 3, numbers);
    one.share("b", 3, (piece) => numbers(piece + 7));
    expect(one.counts).toEqual({ taken: 0, made: 6 });
    const at = (name: string, piece: number) => join(folder, `${name}.1.${piece}`);
    const bytes = readFileSync(at("a", 0));
    bytes[3]! ^= 1;
    writeFileSync(at("a", 0), bytes);
    writeFileSync(at("a", 1), readFileSync(at("a", 1)).subarray(8));
    writeFileSync(at("a", 2), readFileSync(at("b", 2)));
    writeFileSync(at("b", 0), "");
    const other = sharedWorks(folder, { number: 2, of: 2 });
    expect(other.share("a", 3, numbers)).toEqual([0, 1, 2].map(numbers));
    expect(other.share("b", 3, (piece) => numbers(piece + 7))).toEqual([7, 8, 9].map(numbers));
    expect(other.counts).toEqual({ taken: 2, made: 4 });
    expect(readdirSync(folder)).toHaveLength(6);
  });

  test("are made by oneself where they cannot be kept, and the reason is told", () => {
    const file = join(folderOf("broken"), "file");
    writeFileSync(file, "somebody's");
    const works = sharedWorks(file, { number: 1, of: 3 });
    expect(works.share("a", 3, numbers)).toEqual([0, 1, 2].map(numbers));
    expect(works.counts).toEqual({ taken: 0, made: 3 });
    expect(works.problem?.message).toBe(`A file stands where ${file} needs a folder.`);
    expect(readFileSync(file, "utf8")).toBe("somebody's");
  });

  test("are kept again where somebody has emptied the cache meanwhile", () => {
    const folder = folderOf("pruned");
    const works = sharedWorks(folder, { number: 1, of: 1 });
    rmSync(folder, { recursive: true });
    works.share("a", 2, numbers);
    expect(works.problem).toBeUndefined();
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test("are come to by every shard from a place of its own, and by all of them all", () => {
    for (const [of, pieces] of [
      [4, 10],
      [7, 3],
      [1, 5],
      [3, 0],
    ] as const) {
      const orders = Array.from({ length: of }, (_, i) => orderFor({ number: i + 1, of }, pieces));
      const all = Array.from({ length: pieces }, (_, piece) => piece);
      for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual(all);
      const firsts = orders.map(([first]) => first);
      expect(new Set(firsts).size).toBeGreaterThanOrEqual(Math.min(of, pieces));
    }
    expect(orderFor({ number: 2, of: 3 }, 6).slice(0, 2)).toEqual([2, 3]);
  });
});

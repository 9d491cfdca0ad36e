// Which shards compile their scene together, and what becomes of one that cannot.
import { mkdirSync, readdirSync } from "node:fs";
import { builtin, preset, type Spec } from "minisim";
import { expect, test } from "vitest";
import { pays, sharingOf } from "../src/commands/shared-scene.ts";
import { at, minisim, TINY, write } from "./harness.ts";

const spec = (duration_s: number): Spec =>
  builtin.Spec.parse(preset("miniscope_v4/ca1", { duration_s }));

test("three shards or more share a scene that takes longer than ten seconds", () => {
  const of = (shards: number) => ({ number: 1, of: shards });
  expect(pays(spec(3600), builtin, of(3))).toBe(true);
  expect(pays(spec(3600), builtin, of(2))).toBe(false);
  expect(pays(spec(60), builtin, of(64))).toBe(false);
});

test("a long scene goes into the cache, a short one leaves it alone", async () => {
  const shard = { number: 2, of: 4 };
  const short = await sharingOf(spec(60), { simulator: builtin, shard, cache: at("cache") });
  expect(short.share).toBeUndefined();
  await short.release();
  expect(readdirSync(at())).toEqual([]);
  const long = await sharingOf(spec(3600), { simulator: builtin, shard, cache: at("cache") });
  const square = (piece: number) => Float64Array.of(piece * piece);
  expect(long.share!("work", 3, square)).toEqual([0, 1, 2].map(square));
  expect(long.counts).toEqual({ taken: 0, made: 3 });
  expect(long.warnings()).toEqual([]);
  const ls = await minisim(["cache", "ls", "--cache", "cache"]);
  expect(ls.out).toContain(`${builtin.Spec.cacheKey(spec(3600))}  scene`);
  expect(ls.out).toContain("in use");
  expect(ls.out).toContain("1 scene, ");
  await long.release();
  const pruned = await minisim(["cache", "prune", "--cache", "cache", "--all"]);
  expect(pruned.out).toMatch(/^1 removed, /);
});

test("a shard whose cache is none works alone, and says why", async () => {
  mkdirSync(at("cache"));
  write("cache/notes.txt", "mine");
  const shard = { number: 2, of: 4 };
  const alone = await sharingOf(spec(3600), { simulator: builtin, shard, cache: at("cache") });
  expect(alone.share).toBeUndefined();
  expect(alone.warnings()).toEqual([
    `This shard has prepared its scene without the others, which takes longer: ${at("cache")} is not empty and no cache of minisim's, so no recordings are kept there. Choose an empty folder.`,
  ]);
  expect(readdirSync(at("cache"))).toEqual(["notes.txt"]);
});

test("--cache goes with a shard", async () => {
  write("tiny.yaml", TINY);
  const argv = ["simulate", "tiny.yaml", "-o", "r.zarr", "--shard", "1/3", "--cache", "cache"];
  const { code, out } = await minisim([...argv, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ chunks: 1, scene: { pieces_made: 0, pieces_taken: 0 } });
});

// Whose is a path to which a link leads?
import { lstatSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";
import { precious, refused } from "./untouched.ts";

test("a link given as output is followed, and stays", async () => {
  write("tiny.yaml", TINY);
  const simulate = (...words: string[]) => minisim(["simulate", "tiny.yaml", "--quiet", ...words]);
  mkdirSync(at("disk"));
  symlinkSync(at("disk/target.zarr"), at("link"));
  expect((await simulate("-o", "link")).code).toBe(0);
  expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
  expect(statSync(at("disk/target.zarr/zarr.json")).isFile()).toBe(true);
  expect((await simulate("-o", "link", "--force")).code).toBe(0);
  expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
  expect(readdirSync(at("disk"))).toEqual(["target.zarr"]);
  precious("lab/data.txt");
  symlinkSync(at("lab"), at("to-lab"));
  await refused(["export", "link", "--to", "minian", "-o", "to-lab", "--force"], "did not write");
  symlinkSync("round", at("round"));
  await refused(["simulate", "tiny.yaml", "-o", "round"], "leads in a circle");
});

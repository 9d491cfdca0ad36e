// What publint and "are the types wrong?" say of every tarball: nothing. And none is larger than somebody meant.
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { expect, inject, test } from "vitest";

// All packages are ES modules alone: what finds no ES module finds none of them.
const WITHOUT_MODULES = ["node10", "node16-cjs"];

// Kilobytes, a quarter more than today; what is not named has less. One picture in the wrong place is more than that.
const LIMIT_KB = 140;
const LARGER_KB: Readonly<Record<string, number>> = {
  "minisim-kernels": 200,
  "minisim-store": 180,
  "minisim-cli": 280,
  "minisim-scoring": 310,
  "minisim-interop": 690,
};
const sizes = inject("tarballs").map((path) => {
  const name = basename(path).replace(/-\d.*$/, "");
  return { name, kB: Math.ceil(statSync(path).size / 1000) };
});

test("no package is larger than it was meant to be", () => {
  expect(sizes.filter(({ name, kB }) => kB > (LARGER_KB[name] ?? LIMIT_KB))).toEqual([]);
  expect(Object.keys(LARGER_KB).filter((name) => !sizes.some((one) => one.name === name))).toEqual(
    [],
  );
});

test("there are some", () => {
  expect(inject("tarballs").length).toBeGreaterThan(30);
});

test.each(inject("tarballs").map((path) => [basename(path), path]))("%s", async (_, path) => {
  const tarball = new Uint8Array(readFileSync(path));
  const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  expect(messages).toEqual([]);
  const checked = await checkPackage(createPackageFromTarballData(tarball));
  expect(checked.types).toEqual({ kind: "included" });
  const problems = "problems" in checked ? checked.problems : [];
  const reached = problems.filter(
    (problem) => !("resolutionKind" in problem && WITHOUT_MODULES.includes(problem.resolutionKind)),
  );
  expect(reached).toEqual([]);
});

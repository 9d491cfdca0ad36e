// What publint and "are the types wrong?" say of every tarball: nothing.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { expect, inject, test } from "vitest";

// All packages are ES modules alone: what finds no ES module finds none of them.
const WITHOUT_MODULES = ["node10", "node16-cjs"];

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

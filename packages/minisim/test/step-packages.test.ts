// Every built-in step says which package it is of, as npm knows that package; no key and no byte of a frame depends on it.
import { readFileSync } from "node:fs";
import { builtinSteps, createSimulator, simulate } from "minisim";
import { expect, test } from "vitest";
import { allTwelve } from "./specs.ts";

const ours = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

test.each(builtinSteps.map((step) => [step.kind, step]))("%s", (kind, step) => {
  const name = `@minisim/step-${kind.replaceAll("_", "-")}`;
  expect(Object.keys(ours.dependencies)).toContain(name);
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8"));
  expect(step.package).toEqual({ name, version });
});

test("a recording names them, and is the same without", async () => {
  const without = builtinSteps.map(({ package: _, ...step }) => step);
  const named = await simulate(allTwelve);
  const unnamed = await createSimulator({ steps: without }).simulate(allTwelve as never);
  expect(Object.keys(named.step_packages).sort()).toEqual(Object.keys(named.step_revisions).sort());
  expect(unnamed.step_packages).toEqual({});
  expect(unnamed.cache_key).toBe(named.cache_key);
  expect(unnamed.observed.data).toEqual(named.observed.data);
});

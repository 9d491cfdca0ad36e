// The page about real recordings is of what was measured, complete, and explained.
import { readFileSync } from "node:fs";
import { REFERENCES } from "@minisim/measures";
import { presetNames } from "minisim";
import { expect, test } from "vitest";
import { UNEXPLAINED } from "../real/explanations.ts";
import { HELD_OUT } from "../real/held-out.ts";
import type { Observed } from "../real/observe.ts";
import { page } from "../real/page.ts";
import { PAIRINGS } from "../real/pairings.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const measured: Record<string, Observed[]> = JSON.parse(read("../fixtures/real.json"));

test("docs/validation-real.md is what was measured, in today's words", () => {
  expect(read("../../docs/validation-real.md")).toBe(page(measured));
});

test("every pairing was measured over six seeds", () => {
  expect(Object.keys(measured).sort()).toEqual(PAIRINGS.map(({ title }) => title).sort());
  for (const seeds of Object.values(measured)) expect(seeds).toHaveLength(6);
});

test("every reference stands beside a preset, and every preset is one", () => {
  const compared = new Set(PAIRINGS.flatMap(({ references }) => references));
  expect(REFERENCES.filter((one) => !compared.has(one))).toEqual([]);
  for (const { preset } of PAIRINGS) expect(presetNames).toContain(preset);
});

test("everything that is out is explained", () => {
  expect(page(measured)).not.toContain(UNEXPLAINED);
});

test("what is held out is measured", () => {
  const measures = new Set(REFERENCES.map(({ measure }) => measure));
  expect([...HELD_OUT].filter((measure) => !measures.has(measure))).toEqual([]);
});

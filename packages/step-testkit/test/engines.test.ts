// What the suite sees of mathematics on which engines disagree: where it stands, when it runs, and when its module is loaded.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writtenInWhatRuns } from "../src/node-sources.ts";
import { callsDuring } from "../src/node-watch.ts";
import * as planted from "./planted-mathematics.ts";

const FILE = "planted-mathematics.ts";
const lines = readFileSync(new URL(FILE, import.meta.url), "utf8").split("\n");
/** What stands at a place of the planted file. */
function textAt(place: string): string {
  const [, file, line, column] = /([^\\/]+):(\d+):(\d+)$/.exec(place) ?? [];
  expect(file).toBe(FILE);
  return lines[Number(line) - 1]!.slice(Number(column) - 1);
}
function written(run: (x: number) => number): string[][] {
  let value = 0;
  const uses = writtenInWhatRuns(() => {
    value = run(2);
  });
  expect(value).toBe(1);
  return uses.map(({ what, place }) => [what, textAt(place)]);
}
// Whichever function of a module runs, what the module does when it is loaded is part of it.
const AT_LOADING = [
  ["Math.cosh", "cosh } = Math;"],
  ["Math.log", "Math.log(1);"],
];

test.each([
  [planted.byName, ["Math.exp", "Math.exp(x * 0);"]],
  [planted.byOperator, ["**", expect.stringContaining("(x * 0 + 1) ** 1.5;")]],
  [planted.byAssignment, ["**=", "one **= 3;"]],
] as const)("at its place in the source: $0", (run, use) => {
  expect(written(run)).toEqual([...AT_LOADING, use]);
});

test.each([planted.takenAtLoading, planted.computedAtLoading, planted.exactly])(
  "no more than what is loaded: $0",
  (run) => {
    expect(written(run)).toEqual(AT_LOADING);
  },
);

test("a call under any name", () => {
  const before = Math.sin;
  const [use, ...others] = callsDuring(() => void planted.byAnotherName(2));
  expect(use?.what).toBe("Math.sin");
  expect(textAt(use!.place)).toMatch(/^apply\(Math\["sin" as "cos"\]/);
  expect(others).toEqual([]);
  expect(Math.sin).toBe(before);
});

test("clocks and chance, and not the date of a number", () => {
  const calls = (run: () => void) => callsDuring(run).map(({ what }) => what);
  expect(calls(() => void Date.now())).toEqual(["Date"]);
  expect(calls(() => void new Date())).toEqual(["Date"]);
  expect(calls(() => void new Date(0).getTime())).toEqual([]);
  expect(calls(() => void performance.now())).toEqual(["performance.now"]);
  expect(calls(() => void Math.random())).toEqual(["Math.random"]);
  expect(calls(() => void crypto.randomUUID())).toEqual(["crypto.randomUUID"]);
});

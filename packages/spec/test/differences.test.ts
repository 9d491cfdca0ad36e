// Differences of specs, by the paths that changes are written in.
import { createSpecFactory, type Spec, specDifferences } from "@minisim/spec";
import { expect, test } from "vitest";

const step = (kind: string, ...fields: string[]) => ({
  kind,
  ...Object.fromEntries(fields.map((name) => [name, 1])),
});
const spec = (change: object = {}): Spec =>
  ({ ...createSpecFactory([]).parse({ steps: [] }), ...change }) as Spec;

test("equal specs have none", () => expect(specDifferences(spec(), spec())).toEqual([]));

test("fields, whole steps, items of lists of the same length", () => {
  const a = spec({
    seed: 1,
    steps: [
      step("optics"),
      { kind: "place", populations: [{ n: 1, name: "a" }], depth_um: [1, 2] },
    ],
  });
  const b = spec({
    seed: 2,
    steps: [
      { kind: "place", populations: [{ n: 3, name: "a" }], depth_um: [1, 2, 3] },
      step("sensor"),
    ],
  });
  expect(specDifferences(a, b)).toEqual([
    { path: "seed", first: 1, second: 2 },
    { path: "steps.optics", first: {}, second: undefined },
    { path: "steps.place.populations[0].n", first: 1, second: 3 },
    { path: "steps.place.depth_um", first: [1, 2], second: [1, 2, 3] },
    { path: "steps.sensor", first: undefined, second: {} },
  ]);
});

test("an optional part that one of them lacks is a difference as a whole", () => {
  const { acquisition } = spec();
  const window = { top: 1, left: 2, height: 3, width: 4 };
  const windowed = spec({ acquisition: { ...acquisition, window } });
  expect(specDifferences(spec(), windowed)).toEqual([
    { path: "acquisition.window", first: undefined, second: window },
  ]);
});

test("the order of steps is a difference", () => {
  const [a, b] = [step("a"), step("b")];
  expect(specDifferences(spec({ steps: [a, b] }), spec({ steps: [b, a] }))).toEqual([
    { path: "steps", first: ["a", "b"], second: ["b", "a"] },
  ]);
});

// Share links: a spec in the address, which anybody may have written.
import { Spec } from "minisim";
import { describe, expect, test } from "vitest";
import { fromHash, hasLink, toHash } from "../src/state/link.ts";
import { linkedDraft } from "../src/state/linked.ts";
import { withValue } from "../src/state/paths.ts";
import { smallSpec } from "./specs.ts";

test("a link holds a spec; anything else is no spec", async () => {
  const spec = smallSpec();
  const hash = await toHash(spec);
  expect(await fromHash(`#${hash}`)).toEqual(spec);
  expect(hash).toMatch(/^s=[\w-]+$/);
  expect(await fromHash("#s=broken")).toBeUndefined();
  expect(await fromHash("#elsewhere")).toBeUndefined();
  expect(hasLink(`#${hash}`)).toBe(true);
  expect(hasLink("#elsewhere")).toBe(false);
});

test("a link that unpacks to more than any spec is not unpacked", async () => {
  const bomb = await toHash("x".repeat(33_000_000));
  expect(bomb.length).toBeLessThan(100_000);
  expect(await fromHash(`#${bomb}`)).toBeUndefined();
  expect(await fromHash(`#${await toHash("x".repeat(31_000_000))}`)).toHaveLength(31_000_000);
});

describe("a link whose spec the page cannot show says why", () => {
  const schema = Spec.jsonSchema();
  const problemOf = (linked: unknown) => {
    const result = linkedDraft(linked, schema);
    return "problem" in result ? result.problem : undefined;
  };
  const change = (path: (string | number)[], value: unknown) => withValue(smallSpec(), path, value);
  const steps = smallSpec().steps;
  const place = steps.findIndex(({ kind }) => kind === "place_neurons");

  test.each<[string, unknown]>([
    ["it cannot be read", undefined],
    ["it is null", null],
    ["it is a list", []],
    ["it is a string", "spec"],
    ["it has no acquisition", {}],
    ["it has no steps", { acquisition: {}, output: {} }],
    ["steps.0 is null", change(["steps"], [null, 1])],
    ["steps.1 is a number", change(["steps"], [{ kind: "sensor" }, 1])],
    ["steps is an object", change(["steps"], { 0: {} })],
    ["acquisition is null", change(["acquisition"], null)],
    ["acquisition.optics is a number", change(["acquisition", "optics"], 5)],
    ["acquisition.optics.na is a list", change(["acquisition", "optics", "na"], [0.3])],
    ["acquisition.fps is an object", change(["acquisition", "fps"], {})],
    [`steps.${place}.populations is a string`, change(["steps", place, "populations"], "many")],
    [`steps.${place}.populations.0 is null`, change(["steps", place, "populations"], [null])],
    [`steps.${place}.depth_range_um is a number`, change(["steps", place, "depth_range_um"], 3)],
    [
      "it is nested too deeply",
      change(["x"], JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`)),
    ],
  ])("%s", (why, linked) => {
    expect(problemOf(linked)).toBe(
      `The link in the address holds no spec that can be shown: ${why}.`,
    );
  });

  test("what is only wrong can be shown, and is the simulator's to explain", () => {
    for (const linked of [
      smallSpec(),
      change(["acquisition", "optics", "na"], -1),
      change(["acquisition", "optics", "na"], "wide"),
      change(["seed"], null),
      change(["steps", 0, "kind"], "nonsense"),
      change(["steps", 0, "more"], { fields: [1] }),
      change(["steps", place, "positions_um"], [[1, "two"]]),
    ]) {
      expect(problemOf(linked)).toBeUndefined();
    }
  });
});

// Share links: a spec in the address, which anybody may have written.
import { Spec } from "minisim";
import { describe, expect, test } from "vitest";
import { fieldsOf, textOf, troubleWith } from "../src/address/fields.ts";
import { linkedDraft } from "../src/address/linked.ts";
import { packed, unpacked } from "../src/address/packed.ts";
import { repaired } from "../src/engine/repair.ts";
import { withValue } from "../src/state/paths.ts";
import { smallSpec } from "./specs.ts";

test("a link holds a spec; anything else is no spec", async () => {
  const spec = smallSpec();
  const text = await packed(spec);
  expect(await unpacked(text)).toEqual(spec);
  expect(text).toMatch(/^[\w-]+$/);
  expect(await unpacked("broken")).toBeUndefined();
  expect(await unpacked(text.slice(0, 700))).toBeUndefined();
});

test("a link that unpacks to more than any spec is not unpacked", async () => {
  const bomb = await packed("x".repeat(33_000_000));
  expect(bomb.length).toBeLessThan(100_000);
  expect(await unpacked(bomb)).toBeUndefined();
  expect(await unpacked(await packed("x".repeat(31_000_000)))).toHaveLength(31_000_000);
});

describe("the fields of an address", () => {
  test("are read one by one, whatever is in the others", () => {
    const text = textOf([
      ["v", "1"],
      ["preset", "miniscope_v4/ca1"],
      ["wipe", "cells_only@0.5"],
      ["odd", "a&b=c %"],
    ]);
    expect(text).toBe("v=1&preset=miniscope_v4/ca1&wipe=cells_only@0.5&odd=a%26b%3Dc%20%25");
    expect(fieldsOf(`#${text}`).get("odd")).toBe("a&b=c %");
    expect([...fieldsOf("#&=1&x&page=learn&bad=%E0%A4%A")]).toEqual([
      ["page", "learn"],
      ["bad", "%E0%A4%A"],
    ]);
  });

  test("say where the link was cut, and that a later studio made it", () => {
    expect(troubleWith(fieldsOf("#s=abc"))).toBeUndefined();
    expect(troubleWith(fieldsOf("#v=1&n=3&s=abc"))).toBeUndefined();
    expect(troubleWith(fieldsOf("#v=1&n=1312&s=abc"))).toBe(
      "The link was cut off on its way: 3 of the 1312 characters of its spec have arrived.",
    );
    expect(troubleWith(fieldsOf("#v=1&n=1312"))).toContain("0 of the 1312");
    expect(troubleWith(fieldsOf("#v=9&s=abc"))).toContain("a later one has made it");
  });
});

test("a spec with errors becomes a valid one that keeps all the rest", () => {
  const spec = smallSpec();
  const wrong = {
    ...spec,
    surprise: 1,
    seed: 7,
    acquisition: {
      ...spec.acquisition,
      optics: { ...spec.acquisition.optics, foo: 1, na: 0.35 },
      tissue: { ...spec.acquisition.tissue, scatter_mfp_emission_um: -1 },
    },
    steps: [
      { kind: "of_tomorrow" },
      ...spec.steps.map((step) => (step.kind === "neuropil" ? { ...step, level: "much" } : step)),
      { ...spec.steps[0] },
    ],
  };
  expect(repaired(wrong, spec, Spec.safeParse)).toEqual({
    ...spec,
    seed: 7,
    acquisition: { ...spec.acquisition, optics: { ...spec.acquisition.optics, na: 0.35 } },
  });
  expect(repaired(5, spec, Spec.safeParse)).toBeUndefined();
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

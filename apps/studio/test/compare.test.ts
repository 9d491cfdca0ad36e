// Where two specs differ, and what an embedding page asks for.
import { expect, test } from "vitest";
import { differences } from "../src/compare/differences.ts";
import { embeddedIn } from "../src/embed/wanted.ts";
import { withValue } from "../src/state/paths.ts";
import type { Draft } from "../src/state/spec.ts";
import { smallSpec } from "./specs.ts";

test("each change is told by its place, steps by their kind; a step that is off is one", () => {
  const before = smallSpec() as unknown as Draft;
  expect(differences(before, before)).toEqual([]);
  const na = withValue(before, ["acquisition", "optics", "na"], 0.2);
  const off = { ...na, steps: na.steps.filter(({ kind }) => kind !== "neuropil") };
  expect(differences(before, off)).toEqual([
    { place: "acquisition.optics.na", before: "0.3", after: "0.2" },
    { place: "neuropil", before: "…", after: "off" },
  ]);
});

test("an embedding page asks for knobs and a read-out, and hears what has no meaning", () => {
  expect(embeddedIn("?page=1")).toBeNull();
  expect(embeddedIn("?embed=1")).toEqual({ knobs: [], readout: "counts", problems: [] });
  expect(embeddedIn("?embed=1&knobs=optics.na,%20sensor.x,odd&readout=stars")).toEqual({
    knobs: [
      ["optics", "na"],
      ["sensor", "x"],
    ],
    readout: "counts",
    problems: [
      "odd is no knob; one is called optics.na, say.",
      "There is no read-out stars; there are counts, traces, none.",
    ].reverse(),
  });
});

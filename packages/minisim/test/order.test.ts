// The built-in steps come in the one canonical order, however they are listed, and whatever other steps are among them.
import { orderSteps } from "@minisim/pipeline";
import fc from "fast-check";
import { builtinSteps } from "minisim";
import { expect, test } from "vitest";

const CANONICAL = [
  "place_neurons",
  "cell_activity",
  "bleaching",
  "optics",
  "composite",
  "neuropil",
  "vasculature",
  "hemodynamics",
  "brain_motion",
  "illumination_profile",
  "vignette",
  "leakage",
  "illumination_drift",
  "sensor",
  "acquisition_faults",
];

const inOrder = (steps: readonly (typeof builtinSteps)[number][]) =>
  orderSteps(steps)
    .map(({ kind }) => kind)
    .filter((kind) => CANONICAL.includes(kind));

test("any of them, shuffled, in canonical order", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...builtinSteps]), (some) => {
      const present = new Set<string>(some.map(({ kind }) => kind));
      expect(inOrder(some)).toEqual(CANONICAL.filter((kind) => present.has(kind)));
    }),
  );
  expect(inOrder(builtinSteps)).toEqual(CANONICAL);
});

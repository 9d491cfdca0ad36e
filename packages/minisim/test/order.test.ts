// The built-in steps come in the one canonical order, however they are listed.
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

test("any of them, shuffled, in canonical order", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...builtinSteps]), (some) => {
      const present = new Set<string>(some.map(({ kind }) => kind));
      expect(orderSteps(some).map(({ kind }) => kind)).toEqual(
        CANONICAL.filter((kind) => present.has(kind)),
      );
    }),
  );
  expect(orderSteps(builtinSteps).map(({ kind }) => kind)).toEqual(CANONICAL);
});

// Least squares with the true footprints: exact where the model is, worse where it is not.
import { expect, test } from "vitest";
import { correlation, meanPairwise } from "../src/engine/correlation.ts";
import { demix } from "../src/engine/demix.ts";
import { Preview } from "../src/engine/preview.ts";
import { smallSpec } from "./specs.ts";

const median = (values: Float64Array) => values.slice().sort()[values.length >> 1]!;

function withHalo(halo_fraction: number) {
  const { steps, acquisition, ...rest } = smallSpec();
  return Preview.open({
    ...rest,
    acquisition: { ...acquisition, tissue: { ...acquisition.tissue, halo_fraction } },
    steps: steps
      .filter(({ kind }) => kind !== "bleaching")
      // All fire within the preview, which a silent cell's trace has nothing to correlate with.
      .map((step) =>
        step.kind === "cell_activity" ? { ...step, rate_hz: 3, silent_fraction: 0 } : step,
      ),
  });
}

test("cells alone are recovered; neuropil makes it worse, and regions worse still", async () => {
  const preview = await withHalo(0);
  const clean = (await demix(preview, "cells_only", () => true))!;
  const hazy = (await demix(preview, "neuropil", () => true))!;
  // Frames are float32; overlapping footprints amplify their rounding.
  expect(median(clean.demixed)).toBeGreaterThan(0.9999);
  expect(median(clean.roi)).toBeLessThan(median(clean.demixed));
  expect(median(hazy.demixed)).toBeLessThan(median(clean.demixed));
  expect(hazy.pairs.roi).toBeGreaterThan(clean.pairs.roi);
  expect(clean.pairs.truth).toBe(hazy.pairs.truth);
  expect(await demix(preview, "cells_only", () => false)).toBeNull();
  preview.release();
});

test("halos, which are in no footprint, are what is left of cells alone", async () => {
  const preview = await withHalo(0.7);
  const { demixed } = (await demix(preview, "cells_only", () => true))!;
  // Their light is a few percent of that of the cells.
  expect(median(demixed)).toBeGreaterThan(0.99);
  expect(median(demixed)).toBeLessThan(0.9999);
  preview.release();
});

test("correlations", () => {
  const a = Float64Array.of(1, 2, 3, 4);
  const b = Float64Array.of(2, 1, 4, 3);
  const flat = new Float64Array(4);
  expect(
    correlation(
      a,
      a.map((x) => 3 - 2 * x),
    ),
  ).toBeCloseTo(-1, 12);
  expect(correlation(a, b)).toBeCloseTo(0.6, 12);
  expect(correlation(a, flat)).toBe(0);
  const c = Float64Array.of(0, 1, 0, 0);
  const pairs = [correlation(a, b), correlation(a, c), correlation(b, c)];
  expect(meanPairwise([a, b, c, flat])).toBeCloseTo((pairs[0]! + pairs[1]! + pairs[2]!) / 3, 12);
  expect(meanPairwise([a])).toBe(0);
});

// suite2p whole: its environment is made, it runs, its files are read and scored. The first time takes minutes and 6 GB.
import { expect, test } from "vitest";
import { expectMostFound, foundBy, wholeRun } from "./whole-run.ts";

// Minutes to install, and as much to run on a machine that has other things to do.
const timeout = 3_600_000;

test("suite2p finds most cells of a small recording, and is scored as NumPy counts", {
  timeout,
}, async () => {
  const whole = await wholeRun("suite2p");
  expect(whole.document.environment?.packages.suite2p).toBe("0.14.4");
  expectMostFound(whole);
});

test("suite2p that finds nothing has run, and found nothing", { timeout }, async () => {
  const estimate = await foundBy("suite2p", { threshold_scaling: 100 });
  expect(estimate.footprints.length).toBe(0);
  expect(estimate.shifts?.shape).toEqual([500, 2]);
});

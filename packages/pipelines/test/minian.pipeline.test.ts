// minian whole, as suite2p.interop.test.ts: in a project of its own, for the two together would cost CI more than it can spare.
import { expect, test } from "vitest";
import { wholeRun } from "./whole-run.ts";

test("minian finds most cells of a small recording, and is scored as NumPy counts", async () => {
  const { document, report, theirs } = await wholeRun("minian");
  expect(document.environment?.packages.minian).toBe("2.0.2");
  expect(theirs.pairs.length).toBeGreaterThan(0);
  expect([report.recall, report.n_matched]).toEqual([theirs.recall, theirs.pairs.length]);
  expect(report.recall).toBeGreaterThan(0.4);
  expect(report.precision).toBeGreaterThan(0.5);
  expect(report.median_trace_corr).toBeGreaterThan(0.5);
  expect(report.shift_rmse).toBeLessThan(1);
});

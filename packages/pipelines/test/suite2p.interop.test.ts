// suite2p whole: its environment is made, it runs, its files are read and scored. The first time takes minutes and 6 GB.
import { expect, test } from "vitest";
import { wholeRun } from "./whole-run.ts";

// Minutes to install, and as much to run on a machine that has other things to do.
const timeout = 3_600_000;

test("suite2p finds most cells of a small recording, and is scored as NumPy counts", {
  timeout,
}, async () => {
  const { document, report, theirs } = await wholeRun("suite2p");
  expect(document.environment?.packages.suite2p).toBe("0.14.4");
  expect(theirs.pairs.length).toBeGreaterThan(0);
  expect([report.recall, report.n_matched]).toEqual([theirs.recall, theirs.pairs.length]);
  // It found 17 of 23, all of them cells, with r 0.95 in the median. Half of that would be a run gone wrong.
  expect(report.recall).toBeGreaterThan(0.4);
  expect(report.precision).toBeGreaterThan(0.5);
  expect(report.median_trace_corr).toBeGreaterThan(0.5);
  // Truth moves by 5 px; a correction that does nothing leaves more than one.
  expect(report.shift_rmse).toBeLessThan(1);
});

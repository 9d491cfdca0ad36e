// minian whole, as suite2p.interop.test.ts: in a project of its own, for the two together would cost CI more than it can spare.
import { expect, test } from "vitest";
import { expectMostFound, wholeRun } from "./whole-run.ts";

test("minian finds most cells of a small recording, and is scored as NumPy counts", async () => {
  const whole = await wholeRun("minian");
  expect(whole.document.environment?.packages.minian).toBe("2.0.2");
  expectMostFound(whole);
});

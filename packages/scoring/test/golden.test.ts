// The contract of STABILITY.md: every number of two scores on the default recording.
// test/golden.json is written by MINISIM_UPDATE_GOLDEN=1 alone.
import { readFileSync, writeFileSync } from "node:fs";
import { roiPipeline, score } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";
import { expect, test } from "vitest";
import { picked, truthAsEstimate } from "./support.ts";

const file = new URL("./golden.json", import.meta.url);
const golden: Record<string, unknown> = JSON.parse(readFileSync(file, "utf8"));

function expectGolden(name: string, value: unknown): void {
  if (process.env.MINISIM_UPDATE_GOLDEN) {
    golden[name] = value;
    writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
  }
  expect(value).toEqual(golden[name]);
}

const recording = await makeRecording();
const truth = recording.ground_truth;

test("score() of the truth without a cell that counts and with one that does not", () => {
  const report = score(picked(truthAsEstimate(truth), [5, 0, 1, 2]), truth);
  expectGolden("report", JSON.parse(JSON.stringify(report)));
  expectGolden("summary", report.summary());
});

test("score() of the naive pipeline", async () => {
  const report = score(await roiPipeline(recording, { radius_um: 5 }), truth);
  expectGolden("roi_pipeline", JSON.parse(JSON.stringify(report)));
});

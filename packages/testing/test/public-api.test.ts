// What the package exports, by name: a change here is a change for others.
import * as testing from "@minisim/testing";
import { expect, test } from "vitest";

test("the public names", () => {
  expect(Object.keys(testing).sort()).toEqual([
    "BIN_FIELDS",
    "InputError",
    "Report",
    "binBy",
    "demixOracle",
    "floorAndCeiling",
    "makeRecording",
    "recordingSpec",
    "roiMean",
    "roiPipeline",
    "score",
    "wilsonInterval",
  ]);
});

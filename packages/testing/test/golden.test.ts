// The contract of STABILITY.md: the bytes of the default recording and of one with everything else.
// test/golden.json is written by MINISIM_UPDATE_GOLDEN=1 alone.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { makeRecording } from "@minisim/testing";
import type { GroundTruth } from "minisim";
import { expect, test } from "vitest";

const file = new URL("./golden.json", import.meta.url);
const golden: Record<string, unknown> = JSON.parse(readFileSync(file, "utf8"));

function expectGolden(name: string, value: unknown): void {
  if (process.env.MINISIM_UPDATE_GOLDEN) {
    golden[name] = value;
    writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
  }
  expect(value).toEqual(golden[name]);
}

function sha256(...views: ArrayBufferView[]): string {
  const hash = createHash("sha256");
  for (const { buffer, byteOffset, byteLength } of views) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest("hex");
}

/** The typed arrays of a truth field: an ndarray, a ragged list, a footprint stack, a scalar or null. */
function partsOf(value: unknown): ArrayBufferView[] {
  if (typeof value === "number") return [Float64Array.of(value)];
  if (Array.isArray(value)) return [Float64Array.from(value)];
  const fields = (value ?? {}) as Record<string, unknown>;
  const views = ["offsets", "shapes", "data"].map((name) => fields[name]);
  return views.filter((view): view is ArrayBufferView => ArrayBuffer.isView(view));
}

const prints = (truth: GroundTruth) =>
  Object.fromEntries(
    Object.entries(truth)
      .filter(([, value]) => partsOf(value).length > 0)
      .map(([name, value]) => [name, sha256(...partsOf(value))]),
  );

const recording = await makeRecording();
const truth = recording.ground_truth;

test("makeRecording()", () => {
  expectGolden("recording", {
    observed: sha256(recording.observed.data),
    observed_footprints: sha256(...partsOf(truth.observed_footprints)),
    ...prints(truth),
  });
});

test("makeRecording() with motion and everything else", async () => {
  const moving = await makeRecording({
    seed: 1,
    depth_um: [20, 100],
    morphology: "cytosolic",
    motion: {},
    extra_steps: [{ kind: "neuropil" }, { kind: "leakage" }],
  });
  expectGolden("moving", {
    observed: sha256(moving.observed.data),
    ...prints(moving.ground_truth),
  });
});

// What the Python package minisim 1.0.3 makes of our store. Needs .venv-minisim (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { exportRecording } from "@minisim/interop";
import type { Recording } from "@minisim/recording";
import { simulate } from "minisim";
import { expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { PYTHON_CELLS, record, spec } from "./minian-source.ts";

const python = fileURLToPath(new URL("../../../.venv-minisim/bin/python", import.meta.url));
const script = fileURLToPath(new URL("python_minisim.py", import.meta.url));
const at = temporaryFolder();

async function load(recording: Recording, name: string) {
  await exportRecording(recording, "python_minisim", at(`${name}.zarr`));
  const args = [script, at(`${name}.zarr`), at(`${name}.f4`)];
  const report = JSON.parse((await promisify(execFile)(python, args)).stdout);
  const bytes = await readFile(at(`${name}.f4`));
  return { report, observed: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) };
}

const sha256 = (data: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))
    .digest("hex");

test("the package loads ours without a warning: spec, movie, truth", async () => {
  const recording = await record();
  const { report, observed } = await load(recording, "whole");
  const truth = recording.ground_truth;
  // Of a hash that is not its own it would warn too.
  expect(report.warnings).toEqual([]);
  expect(report.spec).toEqual(JSON.parse(await readFile(at("whole.zarr/spec.json"), "utf8")));
  expect(report).toMatchObject({ dtype: "float32", shape: recording.observed.shape });
  expect(report.movie).toBe(sha256(recording.observed.data));
  expect(Object.keys(report.fields)).toHaveLength(15);
  for (const [name, found] of Object.entries(report.fields)) {
    const { data } = truth[name as "C"];
    // Fields of the neuropil have a mean of a half there, and of 1 here.
    const there = name === "neuropil_spatial" ? data.map((value) => value * 0.5) : data;
    expect({ name, found }).toEqual({ name, found: sha256(there) });
  }
  expect(report.detectable).toEqual([...truth.detectable.data].map(Boolean));
  expect(report.in_focus).toEqual([...truth.in_focus.data].map(Boolean));
  expect(report.focal_depth_um).toBe(truth.focal_depth_um);

  expect(report.observed_shape).toEqual(truth.A_observed.shape);
  const ours = truth.A_observed.data;
  const peak = ours.reduce((a, b) => Math.max(a, b));
  expect(peak).toBeGreaterThan(0);
  for (const [i, value] of observed.entries()) {
    // The package blurs in float64, we in float32, whose kernels are good to 1e-6 of the peak.
    expect(Math.abs(ours[i]! - value)).toBeLessThanOrEqual(1e-6 * peak);
  }
});

test("a recording of float64 without optics, motion and sensor loads too", async () => {
  const recording = await simulate(
    spec({
      steps: [{ kind: "composite" }, PYTHON_CELLS, { kind: "place_neurons" }],
      output: { store_dtype: "float64", save_intermediates: true },
    }),
  );
  const { report, observed } = await load(recording, "bare");
  expect(report.warnings).toEqual([]);
  expect(report).toMatchObject({ dtype: "float64", focal_depth_um: null });
  expect(report.movie).toBe(sha256(Float32Array.from(recording.observed.data)));
  expect(Object.keys(report.fields)).toHaveLength(4);
  expect(observed).toEqual(recording.ground_truth.A_observed.data);
});

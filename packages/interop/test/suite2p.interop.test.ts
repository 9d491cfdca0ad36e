// What NumPy and roiextractors make of a suite2p folder, and we of NumPy's. Needs .venv-interop (.ci/interop-venv.sh);
// fails without it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { exportRecording, readEstimate } from "@minisim/interop";
import type { Recording } from "@minisim/recording";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { denseOf, record } from "./minian-source.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("suite2p.py", import.meta.url));
const at = temporaryFolder();
const run = async (...args: string[]) =>
  JSON.parse((await promisify(execFile)(python, [script, ...args])).stdout);

let recording: Recording;
beforeAll(async () => {
  recording = await record();
  await exportRecording(recording, "suite2p", at("ours"));
});

const sha256 = (data: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))
    .digest("hex");

test("NumPy and roiextractors read ours exactly", async () => {
  const report = await run("read", at("ours"));
  const truth = recording.ground_truth;
  const traces = sha256(Float32Array.from(truth.C.data));
  const footprints = sha256(denseOf(truth));
  const axis = (which: 0 | 1) =>
    [...truth.shifts!.data].filter((_, i) => i % 2 === which).map(Math.fround);
  expect(report).toMatchObject({
    footprints,
    movie: sha256(Int16Array.from(recording.observed.data)),
    F: traces,
    spks: sha256(Float32Array.from(truth.S.data)),
    iscell: [...truth.detectable.data],
    yoff: axis(0),
    xoff: axis(1),
    fs: 20,
    roiextractors: {
      frame_shape: [44, 30],
      rate: 20,
      footprints,
      raw: traces,
      accepted: Array.from({ length: truth.n_units }, (_, i) => i),
    },
  });
  expect(report.types).toEqual([
    "lam: float32",
    "med: list",
    "npix: int",
    "npix_norm: float",
    "npix_soma: int",
    "overlap: bool",
    "radius: float",
    "soma_crop: bool",
    "xpix: int32",
    "ypix: int32",
  ]);
  expect(report.overlapping).toBeGreaterThan(0);
});

test("files by NumPy's own pickler, of every protocol, read as what they were given", async () => {
  const ours = await readEstimate(at("ours"), { format: "suite2p" });
  for (const protocol of ["2", "3", "4", "5"]) {
    await run("write", at("ours"), at(`protocol${protocol}`), protocol);
    const theirs = await readEstimate(at(`protocol${protocol}`), { format: "suite2p" });
    expect({ protocol, ...theirs }).toEqual({
      protocol,
      ...ours,
      source: at(`protocol${protocol}`),
    });
  }
});

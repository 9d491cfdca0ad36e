// What minian and suite2p themselves make of ours, and we of what minian saves. Needs .venv-pipelines (.ci/interop-venv.sh);
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

const python = fileURLToPath(new URL("../../../.venv-pipelines/bin/python", import.meta.url));
const script = fileURLToPath(new URL("pipelines.py", import.meta.url));
const at = temporaryFolder();
const run = async (...args: string[]) => {
  const { stdout } = await promisify(execFile)(python, [script, ...args]);
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
};

let recording: Recording;
beforeAll(async () => {
  recording = await record();
  await exportRecording(recording, "minian", at("ours/minian"));
  await exportRecording(recording, "suite2p", at("ours/suite2p"));
});

const sha256 = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
    .digest("hex");

test("minian's open_minian and suite2p's BinaryFile read ours exactly", async () => {
  const { observed, ground_truth: truth } = recording;
  const unit = (last: string) => ["unit_id", last];
  expect(await run("read", at("ours"))).toEqual({
    minian: {
      A: {
        dims: ["unit_id", "height", "width"],
        sha256: sha256(Float64Array.from(denseOf(truth))),
      },
      C: { dims: unit("frame"), sha256: sha256(truth.C.data) },
      S: { dims: unit("frame"), sha256: sha256(truth.S.data) },
      motion: {
        dims: ["frame", "shift_dim"],
        sha256: sha256(truth.shifts!.data.map((shift) => -shift + 0)),
      },
    },
    suite2p: { shape: observed.shape, sha256: sha256(Int16Array.from(observed.data)) },
  });
});

test("what save_minian saves is the estimate that it was given", async () => {
  expect(await run("write", at("ours"), at("theirs"))).toEqual([
    "A.zarr",
    "C.zarr",
    "S.zarr",
    "b.zarr",
    "f.zarr",
    "motion.zarr",
  ]);
  const ours = await readEstimate(at("ours/minian"));
  expect(await readEstimate(at("theirs"))).toEqual({ ...ours, source: at("theirs") });
});

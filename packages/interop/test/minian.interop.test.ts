// What xarray makes of minian's layout, and we of xarray's, in every layout, format and codec that occurs. Needs
// .venv-interop (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { FootprintStack } from "@minisim/footprint";
import { exportRecording, readEstimate } from "@minisim/interop";
import type { Recording } from "@minisim/recording";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { denseOf, record } from "./minian-source.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("minian.py", import.meta.url));
const at = temporaryFolder();
const run = async (...args: string[]) =>
  JSON.parse((await promisify(execFile)(python, [script, ...args])).stdout);

let recording: Recording;
beforeAll(async () => {
  recording = await record();
  await exportRecording(recording, "minian", at("ours"));
});

const sha256 = (values: Iterable<number>) =>
  createHash("sha256")
    .update(new Uint8Array(Float64Array.from(values).buffer))
    .digest("hex");
const upTo = (length: number) => Array.from({ length }, (_, i) => i);

test("xarray reads ours as it reads minian's, labelled and without a warning", async () => {
  const report = await run("read", at("ours"));
  const truth = recording.ground_truth;
  const units = truth.n_units;
  const common = { animal: "minisim", session: recording.cache_key };
  const image = { height: upTo(44), width: upTo(30) };
  expect(report.A).toEqual({
    ...common,
    name: "A",
    dims: ["unit_id", "height", "width"],
    shape: [units, 44, 30],
    sha256: sha256(denseOf(truth)),
    coords: { unit_id: upTo(units), ...image },
  });
  expect(report.C).toMatchObject({ dims: ["unit_id", "frame"], sha256: sha256(truth.C.data) });
  expect(report.S).toMatchObject({ dims: ["unit_id", "frame"], sha256: sha256(truth.S.data) });
  expect(report.b0.sha256).toBe(sha256(new Float64Array(units * 36)));
  expect(report.c0.sha256).toBe(report.b0.sha256);
  expect(report.motion).toMatchObject({
    dims: ["frame", "shift_dim"],
    coords: { frame: upTo(36), shift_dim: ["height", "width"] },
    sha256: sha256(truth.shifts!.data.map((shift) => -shift + 0)),
  });
  const brightest = new Float64Array(44 * 30);
  for (const [i, count] of recording.observed.data.entries()) {
    brightest[i % brightest.length] = Math.max(brightest[i % brightest.length]!, count);
  }
  expect(report.max_proj).toMatchObject({ dims: ["height", "width"], sha256: sha256(brightest) });
  expect(report.b).toMatchObject({ dims: ["height", "width"], coords: image });
  expect(report.f).toMatchObject({ dims: ["frame"], shape: [36] });
});

test("what xarray writes reads as what it was given", async () => {
  const layouts = await run("write", at("ours"), at("theirs"));
  expect(layouts).toHaveLength(11);
  const ours = await readEstimate(at("ours"), { format: "minian" });
  for (const layout of layouts) {
    const { footprints, C, S, shifts } = await readEstimate(at(`theirs/${layout}`), {
      format: "minian",
    });
    const images = (footprints as FootprintStack).toDense();
    expect({ layout, images, C, S, shifts }).toEqual({
      layout,
      images: denseOf(recording.ground_truth),
      C: ours.C,
      S: ours.S,
      shifts: ours.shifts,
    });
  }
});

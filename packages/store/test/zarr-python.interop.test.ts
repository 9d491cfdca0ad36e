// What zarr-python and xarray make of a store. Needs .venv-interop (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { COORDINATES, type CoordinateName, coordinatesOf, nd, Recording } from "@minisim/recording";
import { saveRecording } from "@minisim/store/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bare, counts, makeRecording, makeSpec, makeTruth } from "./make.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("read_store.py", import.meta.url));

interface Read {
  warnings: string[];
  dims: string[];
  dtype: string;
  sha256: string;
}
interface Report {
  warnings: string[];
  zarr: Record<string, Read>;
  xarray: Record<string, Read & { attrs: Record<string, unknown> }>;
  coordinates: Record<"movie" | "ground_truth", Record<string, unknown>>;
  group_attrs: Record<string, unknown>;
  root_attrs: Record<string, unknown>;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-store-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function readInPython(recording: Recording, name: string): Promise<Report> {
  const path = join(folder, name);
  await saveRecording(recording, path);
  const { stdout } = await promisify(execFile)(python, [script, path]);
  return JSON.parse(stdout) as Report;
}

const sha256 = (data: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))
    .digest("hex");

test("every array reads exactly, labelled, and without a warning", async () => {
  const recording = makeRecording();
  const { ground_truth: truth, observed, snapshots } = recording;
  const report = await readInPython(recording, "whole.zarr");
  expect(report.warnings).toEqual([]);

  expect(report.zarr.observed).toEqual({
    dims: ["frame", "height", "width"],
    dtype: "uint8",
    sha256: sha256(Uint8Array.from(observed.data)),
  });
  expect(report.zarr["snapshots/neuropil"]!.sha256).toBe(sha256(snapshots.neuropil!.movie.data));
  expect(report.zarr["ground_truth/planted/data"]!.sha256).toBe(sha256(truth.planted.data));
  expect(report.zarr["ground_truth/planted/shapes"]!.dtype).toBe("int32");
  expect(report.zarr["ground_truth/spike_times_s/data"]!.sha256).toBe(
    sha256(truth.spike_times_s.data),
  );

  expect(Object.keys(report.xarray).sort()).toEqual([...truth.fields.keys()].sort());
  for (const { name, dims, dtype, unit, description, array } of truth.fields.values()) {
    expect({ name, ...report.xarray[name] }).toEqual({
      name,
      dims,
      dtype,
      sha256: sha256(array.data),
      attrs: { unit, description },
    });
  }
  const placed = Object.fromEntries(
    Object.entries(coordinatesOf(recording.spec, truth)).map(([name, values]) => {
      const { dim, unit, description } = COORDINATES[name as CoordinateName];
      return [name, { dims: [dim], unit, units: unit, description, values: [...values] }];
    }),
  );
  expect(report.coordinates.ground_truth).toEqual(placed);
  const { time_s, y_um, x_um } = placed;
  expect(report.coordinates.movie).toEqual({ time_s, y_um, x_um });
  expect(report.group_attrs).toEqual({
    canvas_shape: [7, 6],
    fov_offset: [1, 1],
    fov_shape: [5, 4],
    focal_depth_um: 87.5,
  });
  expect(report.root_attrs.spec).toEqual(recording.spec);
});

const [a, b, c, d] = [0, 1, 2, 3] as const;
test.each([
  // Sums of three uniform counts have an entropy near 7 of 8 bits: not worth coding.
  ["stored as it is", (u: number[]) => u[a]! + u[b]! + u[c]!, 1, 1.001],
  // Products of four: some 160 values, so that the description of the code is itself coded, and an entropy of half of that.
  [
    "in several blocks of literals",
    (u: number[]) => Math.floor((3 * u[a]! * u[b]! * u[c]! * u[d]!) / 63 ** 3),
    0.3,
    0.6,
  ],
] as const)("a movie of noise, %s, reads exactly", async (_, value, least, most) => {
  const [frames, height, width] = [40, 90, 102];
  const length = frames * height * width;
  const parts = [1, 2, 3, 4].map((seed) => counts(length, 63, seed));
  const pixels = parts[0]!.map((__, i) => value(parts.map((part) => part[i]!)));
  const movie = new Recording({
    spec: makeSpec(),
    observed: nd(pixels, [frames, height, width]),
    ground_truth: makeTruth({ frames, fov: [height, width] }),
  });
  const report = await readInPython(movie, `noise-${most}.zarr`);
  expect(report.warnings).toEqual([]);
  expect(report.zarr.observed!.sha256).toBe(sha256(Uint8Array.from(pixels)));
  const { size } = await stat(join(folder, `noise-${most}.zarr`, "observed", "c", "0", "0", "0"));
  expect(size / length).toBeGreaterThan(least);
  expect(size / length).toBeLessThan(most);
});

test("a recording without units, frames or effects reads too", async () => {
  const { spec, observed } = makeRecording();
  const ground_truth = makeTruth({ units: 0 }, bare);
  const report = await readInPython(new Recording({ spec, observed, ground_truth }), "bare.zarr");
  expect(report.warnings).toEqual([]);
  expect(report.xarray.C).toMatchObject({ dims: ["unit", "frame"], dtype: "float64" });
  expect(Object.keys(report.xarray)).not.toContain("shifts");
  expect(report.group_attrs.focal_depth_um).toBeNull();
});

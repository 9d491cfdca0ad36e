// A recording of all twelve steps, streamed to disk, as xarray and zarr-python see it. Needs .venv-interop
// (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Recording, simulate } from "minisim";
import { simulateToStore } from "minisim/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allTwelve } from "./specs.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("read_recording.py", import.meta.url));

interface Report {
  readonly observed: {
    readonly shape: number[];
    readonly dtype: string;
    readonly sha256: string;
    readonly labelled: { readonly dims: string[]; readonly sha256: string };
  };
  readonly truth: Record<string, { dims: string[]; shape: number[]; sha256: string }>;
  readonly planted: Record<string, string>;
  readonly attrs: Record<string, unknown>;
  readonly warnings: string[];
}

let folder: string;
let report: Report;
let recording: Recording;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-interop-"));
  const path = join(folder, "all-twelve.zarr");
  await simulateToStore(allTwelve, path);
  const { stdout } = await promisify(execFile)(python, [script, path]);
  report = JSON.parse(stdout);
  recording = await simulate(allTwelve);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sha256 = (data: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))
    .digest("hex");

test("the movie is the one that Node makes", () => {
  const { shape, data } = recording.observed;
  // Counts of 8 bits: on disk in their own type, in memory in the float container of the spec.
  const hash = sha256(Uint8Array.from(data));
  expect(report.observed).toEqual({
    shape,
    dtype: "uint8",
    sha256: hash,
    labelled: { dims: ["frame", "height", "width"], sha256: hash },
  });
});

describe("the ground truth", () => {
  test("every field has its dims and its bytes", () => {
    for (const { name, dims, shape, array } of recording.ground_truth.fields.values()) {
      expect({ name, ...report.truth[name] }).toEqual({
        name,
        dims,
        shape,
        sha256: sha256(array.data),
      });
    }
  });

  test("has no other field, and is read without a warning", () => {
    expect(Object.keys(report.truth).sort()).toEqual(
      [...recording.ground_truth.fields.keys()].sort(),
    );
    expect(report.warnings).toEqual([]);
  });

  test("footprints and scalars", () => {
    const { planted, focal_depth_um, fov_offset, fov_shape } = recording.ground_truth;
    const { offsets, shapes, data } = planted;
    expect(report.planted).toEqual({
      offsets: sha256(offsets),
      shapes: sha256(shapes),
      data: sha256(data),
    });
    expect(report.attrs).toMatchObject({ focal_depth_um, fov_offset, fov_shape });
  });
});

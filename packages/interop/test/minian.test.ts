// minian's layout, without minian. The fixture was written by `save_minian` of minian 2.0.2 (zarr 2.18, xarray 2025.1).

import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FootprintStack } from "@minisim/footprint";
import {
  exportRecording,
  InteropError,
  loadFormat,
  readEstimate,
  type Settings,
} from "@minisim/interop";
import type { Recording } from "@minisim/recording";
import fc from "fast-check";
import { simulate } from "minisim";
import { beforeAll, describe, expect, test } from "vitest";
import { backgroundOf } from "../src/minian/background.ts";
import { temporaryFolder } from "./folder.ts";
import { denseOf, record, spec } from "./minian-source.ts";

const fixture = fileURLToPath(new URL("fixtures/minian-2.0.2", import.meta.url));
const at = temporaryFolder();
let recording: Recording;
let values: Record<"A" | "C" | "S" | "motion", number[]>;
beforeAll(async () => {
  recording = await record();
  await exportRecording(recording, "minian", at("whole"));
  values = JSON.parse(await readFile(`${fixture}.json`, "utf8"));
});

const read = (path: string, settings?: Settings) =>
  readEstimate(path, { format: "minian", ...(settings && { settings }) });
const dense = ({ footprints }: Awaited<ReturnType<typeof read>>) =>
  (footprints as FootprintStack).toDense();
const json = async (path: string) => JSON.parse(await readFile(path, "utf8"));

let copies = 0;
async function copy(): Promise<string> {
  copies += 1;
  const folder = at(`copy${copies}`);
  await cp(fixture, folder, { recursive: true });
  return folder;
}
async function edit(path: string, change: Record<string, unknown>): Promise<void> {
  await writeFile(path, JSON.stringify({ ...(await json(path)), ...change }));
}

describe("what is written", () => {
  test("reads back: footprints, traces, shifts", async () => {
    const truth = recording.ground_truth;
    const estimate = await read(at("whole"));
    expect(truth.n_units).toBeGreaterThan(2);
    expect(estimate.footprints.canvas).toEqual({ height: 44, width: 30 });
    expect(dense(estimate)).toEqual(denseOf(truth));
    expect(estimate.C).toEqual({ shape: [truth.n_units, 36], data: truth.C.data });
    expect(estimate.S).toEqual({ shape: [truth.n_units, 36], data: truth.S.data });
    expect(estimate.shifts).toEqual({ shape: [36, 2], data: truth.shifts!.data.map((s) => s + 0) });
  });

  test("is a Zarr folder an array, each with one array of data and its coordinates", async () => {
    const arrays = ["A", "C", "S", "b", "b0", "c0", "f", "max_proj", "motion"];
    expect((await readdir(at("whole"))).sort()).toEqual([
      ".minisim.json",
      ...arrays.map((name) => `${name}.zarr`),
    ]);
    const { metadata } = await json(at("whole/A.zarr/.zmetadata"));
    for (const [key, document] of Object.entries(metadata)) {
      expect(await json(at(join("whole/A.zarr", key)))).toEqual(document);
    }
    expect(metadata["A/.zattrs"]).toEqual({
      _ARRAY_DIMENSIONS: ["unit_id", "height", "width"],
      coordinates: "animal session",
    });
    expect(metadata["session/.zarray"]).toMatchObject({ shape: [], dtype: "<U16" });
  });

  test("has the background's mean image and its light in every frame", () => {
    const truth = recording.ground_truth;
    const { b, f } = backgroundOf(truth, 36);
    const [fields, courses] = [truth.neuropil_spatial!.data, truth.neuropil_temporal!.data];
    const light = (frame: number, pixel: number) =>
      truth.leakage!.data[pixel]! +
      [0, 1].reduce((sum, k) => sum + fields[k * 1320 + pixel]! * courses[k * 36 + frame]!, 0);
    const [frames, pixels] = [[...f.keys()], [...b.keys()]];
    const sumOf = (numbers: number[]) => numbers.reduce((a, n) => a + n, 0);
    expect(pixels).toHaveLength(1320);
    const brightness = sumOf([...b]);
    for (const frame of frames) {
      // Sums of 1320 float64 of one size: 1e-12 of the whole.
      const whole = sumOf(pixels.map((pixel) => light(frame, pixel)));
      expect(Math.abs(brightness * f[frame]! - whole)).toBeLessThan(1e-12 * brightness);
    }
    for (const pixel of pixels) {
      const mean = sumOf(frames.map((frame) => light(frame, pixel))) / 36;
      expect(Math.abs(b[pixel]! - mean)).toBeLessThan(1e-12 * brightness);
    }
    expect(Math.max(...f) - Math.min(...f)).toBeGreaterThan(1e-3);
  });

  test("has nothing to say about motion where there was none", async () => {
    const steps = spec().steps.filter(({ kind }) => kind !== "brain_motion");
    await exportRecording(await simulate(spec({ steps })), "minian", at("still"));
    expect(existsSync(at("still/motion.zarr"))).toBe(false);
    expect((await read(at("still"))).shifts).toBeNull();
  });

  test("replaces results of minian's by force, and no other folder", async () => {
    const source = recording;
    await expect(exportRecording(source, "minian", at("whole"))).rejects.toThrow(/exists already/);
    await exportRecording(source, "minian", at("whole"), { force: true });
    expect(dense(await read(at("whole")))).toEqual(denseOf(recording.ground_truth));
    await mkdir(at("precious/thesis"), { recursive: true });
    await expect(
      exportRecording(source, "minian", at("precious"), { force: true }),
    ).rejects.toThrow(/is a folder that minisim did not write/);
    expect(existsSync(at("precious/thesis"))).toBe(true);
  });
});

describe("minian's files", () => {
  test("give what minian had", async () => {
    const estimate = await read(fixture);
    expect(estimate.footprints.canvas).toEqual({ height: 9, width: 7 });
    expect(dense(estimate)).toEqual(Float32Array.from(values.A));
    expect(estimate.C).toEqual({ shape: [3, 11], data: Float64Array.from(values.C) });
    expect(estimate.S).toEqual({ shape: [3, 11], data: Float64Array.from(values.S) });
    expect(estimate.shifts).toEqual({
      shape: [11, 2],
      data: Float64Array.from(values.motion, (value) => -value),
    });
  });

  test("are read from one group too", async () => {
    const folder = await copy();
    for (const name of ["A", "C", "S", "motion"]) {
      const inner = join(folder, `${name}.zarr`);
      for (const part of await readdir(inner)) {
        if (part.startsWith(".")) continue;
        await rm(join(folder, part), { recursive: true, force: true });
        await rename(join(inner, part), join(folder, part));
      }
      await rm(inner, { recursive: true });
    }
    expect({ ...(await read(folder)), source: fixture }).toEqual(await read(fixture));
    expect(await (await loadFormat("minian")).detect!(folder)).toBe(true);
  });

  test("put traces in the order of A's units, by name", async () => {
    const folder = await copy();
    const units = join(folder, "C.zarr/unit_id/0");
    const A = await readFile(join(folder, "A.zarr/unit_id/0"));
    await edit(join(folder, "C.zarr/unit_id/.zarray"), { compressor: null, chunks: [3] });
    await writeFile(units, new Uint8Array(BigInt64Array.from([2n, 4n, 9n]).buffer));
    const { C } = await read(folder);
    const rows = [0, 1, 2].map((row) => values.C.slice(11 * row, 11 * row + 11));
    // A's units are 4, 9, 2.
    expect([...C!.data]).toEqual([rows[1]!, rows[2]!, rows[0]!].flat());
    await writeFile(units, new Uint8Array(BigInt64Array.from([2n, 4n, 5n]).buffer));
    await expect(read(folder)).rejects.toThrow(/no row for unit 9 of A/);
    expect(A.length).toBeGreaterThan(0);
  });

  test("are transposed where the dimensions say so", async () => {
    const folder = await copy();
    await edit(join(folder, "A.zarr/A/.zattrs"), {
      _ARRAY_DIMENSIONS: ["width", "height", "unit_id"],
    });
    await rm(join(folder, "A.zarr/unit_id"), { recursive: true });
    await rm(join(folder, "A.zarr/width"), { recursive: true });
    for (const name of ["C", "S"]) await rm(join(folder, `${name}.zarr`), { recursive: true });
    const estimate = await read(folder);
    expect(estimate.footprints.canvas).toEqual({ height: 9, width: 3 });
    const image = dense(estimate);
    for (let x = 0; x < 3; x++) {
      for (let y = 0; y < 9; y++) {
        for (let unit = 0; unit < 7; unit++) {
          expect(image[(unit * 9 + y) * 3 + x]).toBe(
            Math.fround(values.A[(x * 9 + y) * 7 + unit]!),
          );
        }
      }
    }
    await edit(join(folder, "A.zarr/A/.zattrs"), { _ARRAY_DIMENSIONS: ["a", "height", "unit_id"] });
    await expect(read(folder)).rejects.toThrow(/dimensions \(a, height, unit_id\)/);
  });

  test("lie where their coordinates say, on the canvas that is asked for", async () => {
    const folder = await copy();
    await edit(join(folder, "A.zarr/height/.zarray"), { compressor: null });
    const rows = (first: number) =>
      writeFile(
        join(folder, "A.zarr/height/0"),
        new Uint8Array(BigInt64Array.from({ length: 9 }, (_, i) => BigInt(first + i)).buffer),
      );
    await rows(20);
    const { footprints } = await read(folder, { canvas: [40, 7] });
    expect(footprints.canvas).toEqual({ height: 40, width: 7 });
    expect(footprints.at(0)).toMatchObject({ row: 22, col: 1, height: 3, width: 2 });
    expect((await read(folder)).footprints.canvas).toEqual({ height: 29, width: 7 });
    await expect(read(folder, { canvas: [28, 7] })).rejects.toThrow(/past a canvas of 28 × 7/);
    await rows(70_000);
    await expect(read(folder)).rejects.toThrow(/in even steps/);
    await expect(read(folder, { size: 3 })).rejects.toThrow(/no setting "size"/);
  });
});

describe("damaged files", () => {
  const refused = async (folder: string, message: RegExp, code = "malformed") => {
    const error = await read(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InteropError);
    expect((error as InteropError).message).toMatch(message);
    expect((error as InteropError).code).toBe(code);
  };

  test.each([
    ["endless", { shape: [2 ** 40, 9, 7] }, /claims 1099511627776 × 9 × 7 values/],
    ["many units", { shape: [2 ** 21, 9, 7], chunks: [2 ** 21, 9, 7] }, /claims 2097152 units/],
    ["wide", { shape: [3, 9, 2 ** 17], chunks: [3, 9, 2 ** 17] }, /width of 131072 pixels/],
    ["huge chunks", { chunks: [2 ** 30, 9, 7] }, /chunks of 1073741824/],
    ["a file a value", { shape: [2 ** 21, 1, 1], chunks: [1, 1, 1] }, /more than is read/],
    ["negative", { shape: [-3, 9, 7] }, /contradicts itself/],
    ["of other rank", { shape: [27, 7] }, /contradicts itself/],
    ["no list", { shape: "all" }, /metadata/],
    ["chunks of nothing", { chunks: [0, 9, 7] }, /contradicts itself/],
    ["texts", { dtype: "<U3" }, /not numbers/],
    ["an unknown type", { dtype: "<q8" }, /metadata that cannot be read/],
  ])("sizes and types: %s", async (_, change, message) => {
    const folder = await copy();
    await edit(join(folder, "A.zarr/A/.zarray"), change);
    await refused(folder, message);
  });

  test("chunks: cut off, altered, missing, of another length, of an unknown codec", async () => {
    const folder = await copy();
    const chunk = join(folder, "C.zarr/C/0.1");
    const bytes = await readFile(chunk);
    await writeFile(chunk, bytes.subarray(0, bytes.length - 7));
    await refused(folder, /C, chunk 0\.1 cannot be decoded/);
    await writeFile(chunk, Buffer.from("not a chunk at all"));
    await refused(folder, /C, chunk 0\.1 cannot be decoded/);
    await rm(chunk);
    await refused(folder, /C, chunk 0\.1 is missing/);
    const own = at("cut");
    await cp(at("whole"), own, { recursive: true });
    const first = join(own, "A.zarr/A/0.0.0");
    const frame = await readFile(first);
    await writeFile(first, frame.subarray(0, frame.length - 7));
    await refused(own, /A, chunk 0\.0\.0 cannot be decoded/);
    await edit(join(folder, "C.zarr/C/.zarray"), { compressor: null });
    await writeFile(join(folder, "C.zarr/C/0.0"), new Uint8Array(24));
    await refused(folder, /chunk 0\.0 holds 3 values instead of 8/);
    await edit(join(folder, "C.zarr/C/.zarray"), { compressor: { id: "quantum" } });
    await refused(folder, /codec that is not read/, "unsupported");
  });

  test("chunks that are missing for a fill value are that value", async () => {
    const folder = await copy();
    await edit(join(folder, "S.zarr/S/.zarray"), { fill_value: 0 });
    for (const name of await readdir(join(folder, "S.zarr/S"))) {
      if (!name.startsWith(".")) await rm(join(folder, "S.zarr/S", name));
    }
    expect((await read(folder)).S!.data).toEqual(new Float64Array(33));
  });

  test("documents that are no JSON", async () => {
    const folder = await copy();
    await writeFile(join(folder, "A.zarr/A/.zarray"), '{"zarr_format": 2, "sha');
    await refused(folder, /metadata that cannot be read/);
    expect(await (await loadFormat("minian")).detect!(folder)).toBe(false);
  });

  test("whatever byte is altered, what comes is a result or an InteropError", async () => {
    const files = ["A.zarr/A/.zarray", "A.zarr/A/.zattrs", "A.zarr/A/0.0.0", "C.zarr/C/0.0"];
    const folder = await copy();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.integer({ min: 0, max: 255 }),
        async (name, where, value) => {
          const bytes = await readFile(join(fixture, name));
          const altered = Buffer.from(bytes);
          altered[Math.floor(where * bytes.length)] = value;
          await writeFile(join(folder, name), altered);
          const result = await read(folder).catch((reason: unknown) => reason);
          await writeFile(join(folder, name), bytes);
          if (result instanceof Error) expect(result).toBeInstanceOf(InteropError);
          else expect(result).toHaveProperty("footprints");
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a folder of something else", async () => {
    await mkdir(at("other"));
    await refused(at("other"), /no array A of minian/, "missing");
    expect(await (await loadFormat("minian")).detect!(at("other"))).toBe(false);
  });
});

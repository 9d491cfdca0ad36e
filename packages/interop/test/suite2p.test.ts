// suite2p's layout, without suite2p. The fixture's stat.npy and ops.npy were written by NumPy 2.3.5.

import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
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
import { temporaryFolder } from "./folder.ts";
import { denseOf, record, spec } from "./minian-source.ts";

const fixture = fileURLToPath(new URL("fixtures/suite2p-numpy", import.meta.url));
const at = temporaryFolder();
let recording: Recording;
beforeAll(async () => {
  recording = await record();
  await exportRecording(recording, "suite2p", at("whole"));
});

const read = (path: string, settings?: Settings) =>
  readEstimate(path, { format: "suite2p", ...(settings && { settings }) });
const dense = ({ footprints }: Awaited<ReturnType<typeof read>>) =>
  (footprints as FootprintStack).toDense();
const float32 = (values: Float64Array) => Float64Array.from(Float32Array.from(values));

describe("what is written", () => {
  test("reads back: footprints exactly, traces and shifts to float32", async () => {
    const truth = recording.ground_truth;
    const estimate = await read(at("whole"), { only_cells: false });
    expect(truth.n_units).toBeGreaterThan(2);
    expect(estimate.footprints.canvas).toEqual({ height: 44, width: 30 });
    expect(dense(estimate)).toEqual(denseOf(truth));
    expect(estimate.C).toEqual({ shape: [truth.n_units, 36], data: float32(truth.C.data) });
    expect(estimate.S).toEqual({ shape: [truth.n_units, 36], data: truth.S.data });
    expect(estimate.shifts).toEqual({ shape: [36, 2], data: float32(truth.shifts!.data) });
    expect(estimate.mean_image!.shape).toEqual([44, 30]);
    const { data } = recording.observed;
    const first = Array.from({ length: 36 }, (_, t) => data[t * 44 * 30]!);
    const mean = first.reduce((sum, value) => sum + value, 0) / 36;
    expect(estimate.mean_image!.data[0]).toBeCloseTo(mean, 4);
  });

  test("calls cells what can be detected", async () => {
    const subset = recording.ground_truth.detectableSubset();
    expect(subset.n_units).toBeGreaterThan(0);
    expect(subset.n_units).toBeLessThan(recording.ground_truth.n_units);
    expect(dense(await read(at("whole")))).toEqual(denseOf(subset));
  });

  test("has the movie in data.bin as int16", async () => {
    const bytes = await readFile(at("whole/plane0/data.bin"));
    const counts = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    expect(Float32Array.from(counts)).toEqual(recording.observed.data);
  });

  test("halves counts of 16 bits, as suite2p does", async () => {
    const steps = spec().steps.map((step) =>
      step.kind === "sensor" ? { ...step, photons_per_um2_s: 100_000 } : step,
    );
    const { acquisition } = spec();
    const sensor = { ...acquisition.image_sensor, bit_depth: 16, gain_adu_per_e: 14 };
    const bright = await simulate(
      spec({ steps, acquisition: { ...acquisition, image_sensor: sensor } }),
    );
    const movie = bright.observed.data as Float32Array;
    expect(movie.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(40_000);
    await exportRecording(bright, "suite2p", at("bright"));
    const bytes = await readFile(at("bright/plane0/data.bin"));
    const counts = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    expect(Float32Array.from(counts)).toEqual(movie.map((v) => Math.floor(v / 2)));
  });

  test("is refused without a sensor, and nothing is left", async () => {
    const steps = spec().steps.filter(({ kind }) => kind !== "sensor");
    const light = await simulate(spec({ steps }));
    await expect(exportRecording(light, "suite2p", at("light"))).rejects.toThrow(
      /whole counts.*tiff, npy or hdf5/,
    );
    expect(existsSync(at("light")) || existsSync(at("light.partial"))).toBe(false);
  });
});

describe("NumPy's files", () => {
  test("give the ROIs that are cells", async () => {
    const estimate = await read(fixture);
    const image = new Float32Array(2 * 7 * 5);
    image.set([0.5, 1], 1 * 5 + 3);
    image[2 * 5 + 3] = 0.25;
    image[35 + 6 * 5 + 4] = 1;
    image[35 + 5 * 5 + 4] = 3;
    expect(estimate.footprints.canvas).toEqual({ height: 7, width: 5 });
    expect(dense(estimate)).toEqual(image);
    expect(estimate.C!.shape).toEqual([2, 6]);
    expect([...estimate.shifts!.data]).toEqual([0, 0, 1, -1, -2, 0, 0, 2, 3, 0, 0, 5]);
  });

  test("give all ROIs, without shared pixels, less their neuropil, when asked", async () => {
    const all = await read(fixture, { only_cells: false, neuropil_coefficient: 0 });
    const less = await read(fixture, { only_cells: false, neuropil_coefficient: 1 });
    const most = await read(fixture, { only_cells: false, neuropil_coefficient: 0.5 });
    const neuropil = all.C!.data.map((f, i) => f - less.C!.data[i]!);
    expect(neuropil.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(neuropil.some((value) => value > 0.1)).toBe(true);
    for (const [i, value] of most.C!.data.entries()) {
      // Half of a difference of numbers below 2 is exact up to their rounding.
      expect(value).toBeCloseTo(all.C!.data[i]! - neuropil[i]! / 2, 14);
    }
    const bare = await read(fixture, { only_cells: false, overlap: false });
    expect(dense(all)[1 * 5 + 4]).toBe(1);
    expect(dense(bare)[1 * 5 + 4]).toBe(0);
    expect(dense(all)[35 + 1 * 5 + 4]).toBe(2);
    expect(dense(bare)[35 + 1 * 5 + 4]).toBe(0);
    expect(dense(bare)[35 + 6 * 5]).toBe(1);
  });

  test("are found in the folders around them, unless there are several planes", async () => {
    const { detect } = await loadFormat("suite2p");
    await cp(fixture, at("run/suite2p/plane0"), { recursive: true });
    expect({ ...(await read(at("run"))), source: fixture }).toEqual(await read(fixture));
    expect(await detect!(at("run"))).toBe(true);
    expect(await detect!(at("nowhere"))).toBe(false);
    expect(await detect!(join(fixture, "F.npy"))).toBe(false);
    await cp(fixture, at("run/suite2p/plane1"), { recursive: true });
    await expect(read(at("run"))).rejects.toThrow(/2 planes; name one: .*plane0.*plane1/);
  });
});

describe("damaged files", () => {
  let copies = 0;
  async function copyWith(name: string, bytes: Uint8Array): Promise<string> {
    copies += 1;
    const folder = at(`copy${copies}`);
    await cp(fixture, folder, { recursive: true });
    await writeFile(join(folder, name), bytes);
    return folder;
  }
  const refused = async (folder: string, message: RegExp) => {
    const error = await read(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InteropError);
    expect((error as InteropError).code).toBe("malformed");
    expect((error as InteropError).message).toMatch(message);
  };
  const pickled = async (name: "stat" | "ops", pickle: string) => {
    const whole = await readFile(join(fixture, `${name}.npy`));
    const header = whole.subarray(0, 10 + whole.readUInt16LE(8));
    return copyWith(`${name}.npy`, Buffer.concat([header, Buffer.from(pickle, "latin1")]));
  };

  test.each([
    ["by its name", "\x80\x02cposix\nsystem\nX\x00\x00\x00\x00\x85R.", /posix\.system/],
    ["from the stack", "\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x01x\x85R.", /os\.system/],
    ["as an object", "\x80\x04\x8c\x0asubprocess\x8c\x05Popen\x93)\x81.", /subprocess\.Popen/],
    ["of builtins", "\x80\x02c__builtin__\neval\n\x85R.", /__builtin__\.eval/],
    ["of NumPy", "\x80\x02cnumpy\nload\n\x85R.", /numpy\.load/],
    ["behind an allowed name", "\x80\x02cdatetime\ndatetime.now\n)R.", /datetime\.datetime\.now/],
    ["of Object", "\x80\x02c\nconstructor\n)R.", /constructor/],
    ["from a registry", "\x80\x02\x82\x01.", /operation 0x82/],
    ["as a persistent object", "\x80\x02\x8c\x01aQ.", /operation 0x51/],
  ])("a call %s is named and not made", async (_, pickle, message) => {
    await refused(await pickled("ops", pickle), message);
  });

  test("a pickle made to run a command does not run it", async () => {
    const proof = at("proof");
    const command = `touch ${proof}`;
    const pickle = `\x80\x02cos\nsystem\nX${String.fromCharCode(command.length, 0, 0, 0)}${command}\x85R.`;
    await refused(await pickled("stat", pickle), /os\.system/);
    expect(existsSync(proof)).toBe(false);
  });

  test.each([
    ["an endless text", "\x80\x04\x8d\xff\xff\xff\xff\xff\xff\x0f\x00.", /cut off/],
    ["an endless number", "\x80\x02\x8b\x00\x00\x00\x7f.", /whole number of 2130706432 bytes/],
    ["an empty stack", "\x80\x02\x85.", /empty stack/],
    ["a list without a beginning", "\x80\x02e.", /did not begin/],
    ["an unknown memory", "\x80\x02h\x07.", /does not hold/],
    ["half an entry", "\x80\x02}(K\x01u.", /dictionary/],
    ["something else", "\x80\x02K\x01.", /no dictionary/],
  ])("%s is an error", async (_, pickle, message) => {
    await refused(await pickled("ops", pickle), message);
  });

  test("an array larger than its bytes is an error", async () => {
    const bytes = await readFile(join(fixture, "ops.npy"));
    // BININT1 6, the length of xoff, in the tuple of its shape.
    const at = bytes.indexOf(Buffer.from("xoff")) + 4;
    const shape = bytes.indexOf(Buffer.from("K\x06\x85", "latin1"), at);
    expect(shape).toBeGreaterThan(at);
    bytes[shape + 1] = 7;
    await refused(await copyWith("ops.npy", bytes), /7 <i4 in 24 bytes instead of 28/);
  });

  test("whatever happens to the pickles, what comes is a result or an InteropError", async () => {
    const files = {
      stat: await readFile(join(fixture, "stat.npy")),
      ops: await readFile(join(fixture, "ops.npy")),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("stat" as const, "ops" as const),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.option(fc.integer({ min: 0, max: 255 })),
        async (name, where, value) => {
          const bytes = Buffer.from(files[name]);
          const index = Math.floor(where * bytes.length);
          if (value !== null) bytes[index] = value;
          const folder = await copyWith(
            `${name}.npy`,
            value === null ? bytes.subarray(0, index) : bytes,
          );
          const result = await read(folder).catch((reason: unknown) => reason);
          if (value === null) expect(result).toBeInstanceOf(InteropError);
          else if (result instanceof Error) expect(result).toBeInstanceOf(InteropError);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("files that do not fit together are errors", async () => {
    const F = await readFile(join(fixture, "F.npy"));
    await refused(await copyWith("F.npy", F.subarray(0, F.length - 4)), /F\.npy/);
    const iscell = await readFile(join(fixture, "iscell.npy"));
    await refused(await copyWith("F.npy", iscell), /F\.npy has 2 frames, spks\.npy 6/);
    await refused(await copyWith("stat.npy", F), /no list of Python objects/);
    const ops = await readFile(join(fixture, "ops.npy"));
    await refused(await copyWith("stat.npy", ops), /iscell\.npy does not say of 1 ROIs/);
  });

  test("a folder without results says what it lacks", async () => {
    await mkdir(at("empty"));
    await expect(read(at("empty"))).rejects.toThrow(/no stat\.npy and ops\.npy/);
    expect(await readdir(at("empty"))).toEqual([]);
  });
});

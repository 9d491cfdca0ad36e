import { readFile, writeFile } from "node:fs/promises";
import { exportRecording, readEstimate } from "@minisim/interop";
import { FIELD_NAMES } from "@minisim/recording";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { decodeNpy, encodeNpy } from "../src/npy/index.ts";
import { temporaryFolder } from "./folder.ts";
import { smallSource } from "./sources.ts";

const at = temporaryFolder();

async function writtenTruth(name: string, settings = {}) {
  const source = await smallSource();
  await exportRecording(source, "npz", at(name), { settings });
  const bytes = new Uint8Array(await readFile(at(name)));
  const files = Object.entries(unzipSync(bytes));
  const arrays = new Map(
    files.map(([file, npy]) => [file.replace(/\.npy$/, ""), decodeNpy(npy.slice(), file)]),
  );
  return { truth: await source.groundTruth(), arrays, bytes };
}

describe("the truth", () => {
  test("every field is there, exact", async () => {
    const { truth, arrays } = await writtenTruth("truth.npz");
    const present = FIELD_NAMES.filter((name) => truth[name]);
    expect([...arrays.keys()]).toEqual(expect.arrayContaining([...present, "A"]));
    for (const name of present) {
      expect(arrays.get(name)).toEqual({ shape: truth[name]!.shape, data: truth[name]!.data });
    }
    expect(arrays.get("A")).toEqual({ shape: [5, 24, 30], data: truth.A_observed.data });
    expect(arrays.get("planted_data")!.data).toEqual(truth.planted.data);
    expect(arrays.get("fov_shape")!.data).toEqual(Int32Array.of(24, 30));
    expect(arrays.get("spike_times_s")!.data).toEqual(truth.spike_times_s.data);
    expect(arrays.get("focal_depth_um")).toEqual({
      shape: [],
      data: Float64Array.of(truth.focal_depth_um!),
    });
  });

  test("reads back as a perfect estimate", async () => {
    const { truth } = await writtenTruth("perfect.npz");
    const estimate = await readEstimate(at("perfect.npz"), { format: "npz" });
    expect(estimate.C).toEqual({ shape: [5, 6], data: truth.C.data });
    expect(estimate.S).toEqual({ shape: [5, 6], data: truth.S.data });
    const { A_observed } = truth;
    for (let unit = 0; unit < 5; unit++) {
      const { row, col, height, width, data } = estimate.footprints.at(unit);
      const image = new Float32Array(24 * 30);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) image[(row + y) * 30 + col + x] = data[y * width + x]!;
      expect(image).toEqual(A_observed.data.slice(unit * 720, (unit + 1) * 720));
    }
  });

  test("without dense footprints when not wanted, and the same bytes every time", async () => {
    const { arrays, bytes } = await writtenTruth("patches.npz", { footprints: false });
    expect(arrays.has("A")).toBe(false);
    expect(arrays.has("planted_shapes")).toBe(true);
    const again = await writtenTruth("again.npz", { footprints: false });
    expect(again.bytes).toEqual(bytes);
  });
});

describe("damaged and hostile files", () => {
  const A = encodeNpy({ shape: [1, 2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) });
  const C = encodeNpy({ shape: [1, 4], data: new Float32Array(4) });
  const zip = zipSync({ "A.npy": A, "C.npy": C, "ignored.npy": new Uint8Array(9) });

  async function read(bytes: Uint8Array) {
    await writeFile(at("results.npz"), bytes);
    return readEstimate(at("results.npz"), { format: "npz" });
  }

  test("a sound one is read; arrays of other names are not looked at", async () => {
    expect((await read(zip)).footprints.at(0).data).toEqual(Float64Array.of(0, 1, 2, 3, 4, 5));
  });

  test("cut anywhere, it is refused by name", async () => {
    for (let length = 60; length < zip.length; length += 17) {
      await expect(read(zip.slice(0, length))).rejects.toMatchObject({
        name: "InteropError",
        code: "malformed",
        message: expect.stringContaining("results.npz"),
      });
    }
  });

  test("a file that claims gigabytes gets no memory", async () => {
    const hostile = zip.slice();
    const view = new DataView(hostile.buffer);
    // The central directory's first entry: "PK\1\2", sizes at 20 and 24.
    const entry = hostile.findIndex((_, i) => view.getUint32(i, true) === 0x02014b50);
    view.setUint32(entry + 24, 0xfffffff0, true);
    await expect(read(hostile)).rejects.toThrow(/A\.npy claims 4294967280 bytes in \d+/);
  });

  test("pickles are not run", async () => {
    const header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }";
    const pickle = new TextEncoder().encode("cos\nsystem\n(S'exit 1'\ntR.");
    const evil = new Uint8Array(10 + header.length + pickle.length);
    evil.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
    evil.set(new TextEncoder().encode(header), 10);
    evil.set(pickle, 10 + header.length);
    await expect(read(zipSync({ "A.npy": evil }))).rejects.toThrow(
      /results\.npz: A\.npy holds Python objects, which are programs and are not run/,
    );
  });
});

import { readFile, writeFile } from "node:fs/promises";
import { exportRecording, readEstimate } from "@minisim/interop";
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
  return { truth: await source.truth(), arrays, bytes };
}

describe("the truth", () => {
  test("every field is there, exact", async () => {
    const { truth, arrays } = await writtenTruth("truth.npz");
    expect([...arrays.keys()]).toEqual(expect.arrayContaining([...truth.fields.keys(), "A"]));
    for (const { name, shape, array } of truth.fields.values()) {
      expect(arrays.get(name)).toEqual({ shape, data: array.data });
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

  const atPath = "results.npz";

  async function read(bytes: Uint8Array) {
    await writeFile(at(atPath), bytes);
    return readEstimate(at(atPath), { format: "npz" });
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

  test("a member that is damaged anywhere is refused by its name, or comes out as it was", async () => {
    const sound = await read(zip);
    const outcomes = { refused: 0, same: 0 };
    for (let at = 0; at < zip.length; at++) {
      const struck = zip.slice();
      struck[at]! ^= 1 << (at % 8);
      const found = await read(struck).catch((error: Error) => error);
      if (found instanceof Error) {
        expect(found.message).toContain(atPath);
        outcomes.refused += 1;
        continue;
      }
      expect({ C: found.C, light: found.footprints.at(0) }).toEqual({
        C: sound.C,
        light: sound.footprints.at(0),
      });
      outcomes.same += 1;
    }
    // Dates, attributes, local copies of sizes and the name of what is not read do not matter.
    expect(outcomes.refused).toBeGreaterThan(zip.length / 2);
    expect(outcomes.same).toBeGreaterThan(0);
  });

  test("a member that unpacks to another length than it says is refused", async () => {
    const [longer, shorter] = [new Uint8Array(A.length + 9), A.slice(0, -4)];
    longer.set(A);
    for (const other of [longer, shorter]) {
      const lying = zipSync({ "A.npy": other });
      const view = new DataView(lying.buffer);
      const entry = lying.findIndex((_, i) => view.getUint32(i, true) === 0x02014b50);
      view.setUint32(entry + 24, A.length, true);
      await expect(read(lying)).rejects.toThrow(/results\.npz: A\.npy is damaged/);
    }
  });

  test("two members of one name are refused", async () => {
    const twice = zipSync({ "A.npy": A, "B.npy": A });
    const names = new TextDecoder("latin1").decode(twice).matchAll(/B\.npy/g);
    for (const { index } of names) twice[index] = 0x41;
    await expect(read(twice)).rejects.toThrow("there is more than one A.npy");
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

describe("results", () => {
  const recording = { shape: [4, 2, 3], fps: 20 } as const;
  const A = { shape: [1, 2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) };
  const C = { shape: [1, 4], data: Float64Array.of(1, 2, 3, 4) };

  async function read(members: Readonly<Record<string, Uint8Array>>, store = false) {
    await writeFile(at("given.npz"), zipSync({ ...members }, { level: store ? 0 : 6 }));
    return readEstimate(at("given.npz"), { recording });
  }

  test("in other case, or by plain words", async () => {
    for (const [a, c] of [
      ["a", "c"],
      ["footprints", "traces"],
      ["Footprints", "TRACES"],
    ]) {
      const found = await read({ [`${a}.npy`]: encodeNpy(A), [`${c}.npy`]: encodeNpy(C) }, true);
      expect(found.C).toEqual(C);
      expect(found.footprints.length).toBe(1);
    }
    const exact = await read({ "a.npy": encodeNpy(C), "A.npy": encodeNpy(A) });
    expect(exact.footprints.at(0).data).toEqual(Float64Array.of(0, 1, 2, 3, 4, 5));
  });

  test("in the only array, whatever it is called, as np.savez(path, A) names it", async () => {
    const found = await read({ "arr_0.npy": encodeNpy(A) });
    expect(found.footprints.at(0).data).toEqual(Float64Array.of(0, 1, 2, 3, 4, 5));
    expect(found.notes).toEqual(["Footprints are the only array, arr_0."]);
  });

  /** A .npy of one text of bytes, as scipy.sparse.save_npz names the form of a matrix. */
  function textNpy(text: string): Uint8Array {
    const header = `{'descr': '|S${text.length}', 'fortran_order': False, 'shape': (), }`;
    const bytes = new Uint8Array(10 + header.length + text.length);
    bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
    bytes.set(new TextEncoder().encode(header + text), 10);
    return bytes;
  }
  const ints = (...values: number[]) =>
    encodeNpy({ shape: [values.length], data: Int32Array.from(values) });
  const floats = (...values: number[]) =>
    encodeNpy({ shape: [values.length], data: Float64Array.from(values) });

  // Height 2, width 3. Unit 0 lights (1, 0) with 7; unit 1 lights (0, 2) with 8 and (1, 2) with 9. Down the columns these are
  // pixels 1, 4 and 5.
  const IMAGES = [
    [0, 0, 0, 7, 0, 0],
    [0, 0, 8, 0, 0, 9],
  ];
  test.each<[string, Record<string, Uint8Array>]>([
    ["csc", { indices: ints(1, 4, 5), indptr: ints(0, 1, 3) }],
    ["csr", { indices: ints(0, 1, 1), indptr: ints(0, 0, 1, 1, 1, 2, 3) }],
    ["coo", { row: ints(1, 4, 5), col: ints(0, 1, 1) }],
  ])("as a sparse matrix of scipy, pixels × units: %s", async (format, places) => {
    const members = {
      ...places,
      format: textNpy(format),
      shape: encodeNpy({ shape: [2], data: BigInt64Array.of(6n, 2n) }),
      data: floats(7, 8, 9),
    };
    const found = await read(
      Object.fromEntries(Object.entries(members).map(([name, npy]) => [`${name}.npy`, npy])),
    );
    const images = [0, 1].map((unit) => {
      const { row, col, height, width, data } = found.footprints.at(unit);
      const image = new Array<number>(6).fill(0);
      for (let i = 0; i < height * width; i++) {
        image[(row + Math.floor(i / width)) * 3 + col + (i % width)] = data[i]!;
      }
      return image;
    });
    expect(images).toEqual(IMAGES);
    expect(found.notes).toEqual([expect.stringContaining("down the columns (order F)")]);
  });

  test("a sparse matrix that contradicts itself, or is of another form, is named", async () => {
    const sparse = (changes: Record<string, Uint8Array>) =>
      read({
        "format.npy": textNpy("csc"),
        "shape.npy": ints(6, 2),
        "data.npy": floats(7, 8, 9),
        "indices.npy": ints(1, 4, 5),
        "indptr.npy": ints(0, 1, 3),
        ...changes,
      });
    await expect(sparse({ "format.npy": textNpy("bsr") })).rejects.toThrow(
      'given.npz is a sparse matrix of the format "bsr"; save it as csr, csc or coo.',
    );
    await expect(sparse({ "indices.npy": ints(1, 4, 6) })).rejects.toThrow(
      "A is (6, 2), which has a member indices that points to 6, where there are 6.",
    );
    await expect(sparse({ "indptr.npy": ints(0, 2, 1) })).rejects.toThrow(
      "a member indptr that does not divide 3 values",
    );
    await expect(sparse({ "shape.npy": ints(7, 2) })).rejects.toThrow("is neither unit × 6 pixels");
  });

  test("of nothing but darkness are refused", async () => {
    for (const value of [0, -1, Number.NaN, Number.NEGATIVE_INFINITY]) {
      const dark = { shape: [2, 2, 3], data: new Float64Array(12).fill(value) };
      await expect(read({ "A.npy": encodeNpy(dark) })).rejects.toThrow(
        /given\.npz: none of the 2 footprints has any light; their values are zero, negative or not finite/,
      );
    }
  });

  test("shapes that are not the recording's are refused before the data are looked at", async () => {
    const npy = encodeNpy({ shape: [1, 4000], data: new Float64Array(4000).fill(7) });
    const zip = zipSync({ "A.npy": encodeNpy(A), "C.npy": npy });
    // The last of C's packed bytes is spoilt: whoever unpacks it notices.
    const second = new TextDecoder("latin1").decode(zip).lastIndexOf("PK\x01\x02");
    const directory = new TextDecoder("latin1").decode(zip).indexOf("PK\x01\x02");
    zip.fill(0xff, directory - 8, directory);
    expect(second).toBeGreaterThan(directory);
    await writeFile(at("long.npz"), zip);
    await expect(readEstimate(at("long.npz"), { recording })).rejects.toThrow(
      "long.npz: C has 4000 frames, the recording 4.",
    );
    const ofSameLength = { shape: [4000, 2, 3] as const, fps: 20 };
    await expect(readEstimate(at("long.npz"), { recording: ofSameLength })).rejects.toThrow(
      "long.npz: C.npy is damaged",
    );
  });
});

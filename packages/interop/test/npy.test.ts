import { mkdir, readFile, writeFile } from "node:fs/promises";
import { exportRecording, readEstimate } from "@minisim/interop";
import { describe, expect, test } from "vitest";
import { decodeNpy, encodeNpy, npyHeader, parseNpyHeader } from "../src/npy/index.ts";
import { temporaryFolder } from "./folder.ts";
import { movieSource, movieValues } from "./sources.ts";

const at = temporaryFolder();

/** A file whose header is the given dictionary. */
function file(dictionary: string, data = new Uint8Array(0), version = 1): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(dictionary);
  const head = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(head + text.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  new DataView(bytes.buffer).setUint16(8, text.length, true);
  bytes.set(text, head);
  bytes.set(data, head + text.length);
  return bytes;
}

describe("the movie", () => {
  test.each([
    ["uint8", "|u1"],
    ["uint16", "<u2"],
    ["float32", "<f4"],
  ] as const)("of %s is one array", async (container, descr) => {
    const movie = { frames: 5, height: 3, width: 4, container };
    const path = at(`${container}.npy`);
    await exportRecording(await movieSource(movie), "npy", path);
    const bytes = new Uint8Array(await readFile(path));
    const header = parseNpyHeader(bytes, path);
    expect(header).toMatchObject({ descr, shape: [5, 3, 4], fortranOrder: false });
    expect(header.dataOffset % 64).toBe(0);
    expect(decodeNpy(bytes, path).data).toEqual(movieValues(movie));
  });

  test("without frames is an array without items", async () => {
    const source = await movieSource({ frames: 0, height: 3, width: 4, container: "float32" });
    await exportRecording(source, "npy", at("none.npy"));
    const bytes = new Uint8Array(await readFile(at("none.npy")));
    expect(decodeNpy(bytes, "none").shape).toEqual([0, 3, 4]);
  });
});

describe("arrays", () => {
  test.each([
    [new Float64Array([1.5, Number.NaN, -0]), [3]],
    [new Int8Array([-1, 2]), [2, 1]],
    [new BigInt64Array([-5n, 2n ** 62n]), [1, 2]],
    [new Uint32Array([2 ** 32 - 1]), []],
  ])("%o goes there and back", (data, shape) => {
    expect(decodeNpy(encodeNpy({ data, shape }) as Uint8Array<ArrayBuffer>, "x")).toEqual({
      data,
      shape,
    });
  });

  test("column-major arrays and big-endian numbers come out row-major", () => {
    // Rows (1, 2, 3), (4, 5, 6).
    const columns = Uint8Array.of(0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6);
    const dictionary = "{'shape': (2, 3), 'fortran_order': True, 'descr': '>i2'}\n";
    expect([...decodeNpy(file(dictionary, columns), "x").data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("half floats", () => {
    const halves = Uint8Array.from([0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0xff, 0x7b]);
    const dictionary = "{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }\n";
    const { data } = decodeNpy(file(dictionary, halves), "x");
    expect([...data]).toEqual([1, 2 ** -24, Number.NEGATIVE_INFINITY, 65504]);
  });
});

describe("what is no array of numbers is refused by name", () => {
  const ok = "'fortran_order': False, 'shape': (1,), }";
  test.each([
    [
      "objects, which are pickles",
      file(`{'descr': '|O', ${ok}`, new Uint8Array(8)),
      "Python objects",
    ],
    ["records", file(`{'descr': [('a', '<f4')], ${ok}`, new Uint8Array(4)), "structured"],
    ["text", file(`{'descr': '<U3', ${ok}`, new Uint8Array(12)), "<U3"],
    [
      "a cut file",
      encodeNpy({ data: new Float32Array(4), shape: [4] }).slice(0, -1),
      "15 bytes of data",
    ],
    ["too much", file(`{'descr': '|u1', ${ok}`, new Uint8Array(2)), "has 2 bytes of data"],
    ["a cut header", npyHeader("<f4", [1]).slice(0, 40), "ends within its header"],
    ["only a magic", npyHeader("<f4", [1]).slice(0, 8), "ends within its header"],
    [
      "sizes beyond integers",
      file("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999, 99999999, 99999999), }"),
      "impossible shape",
    ],
    [
      "sizes beyond the file",
      file("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999, 999999), }"),
      "0 bytes of data",
    ],
    [
      "negative sizes",
      file("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }"),
      "NumPy does not write",
    ],
    [
      "code",
      file("{'descr': '<f4', 'fortran_order': False, 'shape': (__import__('os'),), }"),
      "NumPy does not write",
    ],
    ["more entries", file(`{'x': 1, 'descr': '<f4', ${ok}`), "NumPy does not write"],
    ["another version", file(`{'descr': '<f4', ${ok}`, undefined, 9), "unknown version, 9"],
    ["something else", new TextEncoder().encode("hello there"), "is no .npy array"],
  ])("%s", (_, bytes, problem) => {
    const decode = () => decodeNpy(bytes as Uint8Array<ArrayBuffer>, "some/file.npy");
    expect(decode).toThrow(expect.objectContaining({ name: "InteropError", code: "malformed" }));
    expect(decode).toThrow(problem);
    expect(decode).toThrow(/^some\/file\.npy /);
  });

  test("a header of gigabytes", () => {
    const bytes = file("{}", undefined, 2);
    new DataView(bytes.buffer).setUint32(8, 0xffffffff, true);
    expect(() => decodeNpy(bytes, "x")).toThrow("claims a header of 4294967295 bytes");
  });
});

describe("results in a folder", () => {
  const A = { shape: [2, 3, 4], data: Float32Array.from({ length: 24 }, (_, i) => i % 5) };
  const C = { shape: [2, 6], data: Float64Array.from({ length: 12 }, (_, i) => i / 3) };
  const shifts = { shape: [6, 2], data: Float32Array.from({ length: 12 }, (_, i) => i - 6) };

  async function folder(name: string, arrays: Record<string, Parameters<typeof encodeNpy>[0]>) {
    await mkdir(at(name));
    for (const [array, value] of Object.entries(arrays)) {
      await writeFile(`${at(name)}/${array}.npy`, encodeNpy(value));
    }
    return at(name);
  }

  test("are an estimate", async () => {
    const estimate = await readEstimate(await folder("results", { A, C, shifts }), {
      format: "npy",
    });
    expect(estimate.footprints).toMatchObject({ length: 2, canvas: { height: 3, width: 4 } });
    // Unit 1 begins with 12 % 5 = 2; all three rows are lit.
    expect(estimate.footprints.at(1)).toMatchObject({ row: 0, col: 0, height: 3, width: 4 });
    expect([...(estimate.footprints.at(1).data as Float64Array)]).toEqual([...A.data.slice(12)]);
    expect(estimate).toMatchObject({ C, S: null, shifts });
  });

  test("a single file of footprints needs to be told its axes", async () => {
    const path = at("single.npy");
    await writeFile(path, encodeNpy(A));
    await expect(readEstimate(path, { format: "npy" })).rejects.toThrow(
      "say which with the setting footprint_axes",
    );
    const settings = { footprint_axes: "height_width_unit" };
    const { footprints } = await readEstimate(path, { format: "npy", settings });
    expect(footprints).toMatchObject({ length: 4, canvas: { height: 2, width: 3 } });
    const field = await readEstimate(path, { format: "npy", settings: { height: 3, width: 4 } });
    expect(field.footprints.length).toBe(2);
  });

  test("go by their plain words, too, in any case", async () => {
    const path = await folder("words", { Footprints: A, TRACES: C });
    const estimate = await readEstimate(path);
    expect(estimate.footprints.length).toBe(2);
    expect(estimate.C!.data).toEqual(C.data);
  });

  test("need not be told their axes where the recording tells them", async () => {
    const path = at("by-recording.npy");
    await writeFile(path, encodeNpy(A));
    const read = (height: number, width: number) =>
      readEstimate(path, { recording: { shape: [6, height, width], fps: 20 } });
    expect((await read(3, 4)).footprints.length).toBe(2);
    // height × width × unit.
    expect((await read(2, 3)).footprints.length).toBe(4);
    await expect(read(5, 5)).rejects.toThrow(path);
  });

  test("without A, or with a damaged part, they are refused", async () => {
    const none = await folder("none", { C });
    await expect(readEstimate(none, { format: "npy" })).rejects.toThrow("no array A");
    const broken = await folder("broken", { A });
    await writeFile(`${broken}/C.npy`, encodeNpy(C).slice(0, 100));
    await expect(readEstimate(broken, { format: "npy" })).rejects.toThrow(
      /broken\/C\.npy .*ends within its header/,
    );
  });
});

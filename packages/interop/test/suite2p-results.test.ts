// suite2p's results, handmade: of version 1, of nothing found, merged by hand, counted from 1, of another recording.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadFormat, type ReadContext, readEstimate, type Settings } from "@minisim/interop";
import { describe, expect, test } from "vitest";
import { encodeNpy } from "../src/npy/index.ts";
import { NumPyArray, npyOfObjects, type Picklable, PyFloat } from "../src/suite2p/pickle.ts";
import { temporaryFolder } from "./folder.ts";
import { images } from "./hdf5-parts.ts";

const at = temporaryFolder();
const recording: ReadContext = { shape: [4, 3, 5], fps: 20 };
const read = (path: string, settings?: Settings, of: ReadContext | null = recording) =>
  readEstimate(path, { ...(settings && { settings }), ...(of && { recording: of }) });

const ints = (...values: number[]) => new NumPyArray(Int32Array.from(values));
const roi = (ypix: number[], xpix: number[], more: Record<string, Picklable> = {}): Picklable => ({
  ypix: ints(...ypix),
  xpix: ints(...xpix),
  lam: new NumPyArray(Float32Array.from(ypix, (_, i) => i + 1)),
  ...more,
});
const field = { Ly: 3, Lx: 5 };
const motion = { yoff: ints(0, 1, 2, 3), xoff: ints(0, -1, 0, 1) };
const stat = (...rois: Picklable[]) => npyOfObjects(rois, [rois.length]);
const dictionary = (entries: Record<string, Picklable>) => npyOfObjects([entries], []);
const matrix = (...rows: number[][]) =>
  encodeNpy({ shape: [rows.length, rows[0]!.length], data: Float32Array.from(rows.flat()) });

/** A plane with these files. */
async function plane(name: string, files: Record<string, Uint8Array>): Promise<string> {
  const folder = at(name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const [file, bytes] of Object.entries(files)) await writeFile(join(folder, file), bytes);
  return folder;
}

const two = {
  "stat.npy": stat(roi([0, 1], [1, 1]), roi([2], [4])),
  "F.npy": matrix([1, 2, 3, 4], [5, 6, 7, 8]),
};
const image = (...pixels: [at: number, light: number][]) => {
  const values = new Array<number>(15).fill(0);
  for (const [pixel, light] of pixels) values[pixel] = light;
  return values;
};
const first = image([1, 1], [6, 2]);
const second = image([14, 1]);

test.each<[string, Record<string, Uint8Array>]>([
  ["ops.npy", { "ops.npy": dictionary({ ...field, ...motion }) }],
  [
    "version 1, with db.npy and reg_outputs.npy in its place",
    { "db.npy": dictionary(field), "reg_outputs.npy": dictionary({ ...field, ...motion }) },
  ],
  [
    "version 1, where only reg_outputs.npy is left",
    { "reg_outputs.npy": dictionary({ ...field, ...motion }) },
  ],
  [
    "an ops.npy that does not know the motion",
    { "ops.npy": dictionary(field), "reg_outputs.npy": dictionary(motion) },
  ],
])("%s", async (_, files) => {
  const folder = await plane("settings", { ...two, ...files });
  const estimate = await read(folder);
  expect(images(estimate)).toEqual([first, second]);
  expect(estimate.C!.shape).toEqual([2, 4]);
  expect([...estimate.shifts!.data]).toEqual([0, 0, 1, -1, 2, 0, 3, 1]);
});

test("without any of them, the recording tells the size, and motion is not known", async () => {
  const iscell = { "iscell.npy": matrix([1, 0.9], [0, 0.2]) };
  const folder = await plane("bare", { ...two, ...iscell });
  const estimate = await read(folder);
  expect(images(estimate)).toEqual([first]);
  expect(estimate.shifts).toBeNull();
  expect(estimate.notes).toEqual([
    "iscell.npy accepts 1 of 2 ROIs (the setting only_cells: false takes all).",
    "C is F, no neuropil taken off: there is no Fneu.npy.",
  ]);
  await expect(read(folder, {}, null)).rejects.toThrow(/none of ops\.npy.*tells Ly and Lx/);
});

test.each<[string, Record<string, Uint8Array>]>([
  ["an empty list of floats", { "stat.npy": encodeNpy({ shape: [0], data: new Float64Array(0) }) }],
  ["an empty list of objects", { "stat.npy": stat() }],
  ["no stat.npy at all", {}],
])("nothing found: %s", async (_, files) => {
  for (const settings of ["ops", "reg_outputs"]) {
    const folder = await plane("nothing", {
      ...files,
      [`${settings}.npy`]: dictionary({ ...field, ...motion }),
    });
    expect(await (await loadFormat("suite2p")).detect!(folder)).toBe(true);
    const estimate = await read(folder);
    expect(estimate.footprints.length).toBe(0);
    expect(estimate.footprints.canvas).toEqual({ height: 3, width: 5 });
    expect(estimate.shifts!.shape).toEqual([4, 2]);
    expect(estimate.notes).toEqual(["suite2p found no ROIs."]);
  }
});

test("ROIs that were merged by hand are left out for what they became", async () => {
  const merged = stat(
    roi([0], [1], { inmerge: 3 }),
    roi([1], [1], { inmerge: 3 }),
    roi([2], [4], { inmerge: 0 }),
    roi([0, 1], [1, 1], { inmerge: -1, imerge: [0, 1] }),
  );
  const folder = await plane("merged", { "stat.npy": merged, "ops.npy": dictionary(field) });
  const estimate = await read(folder);
  expect(images(estimate)).toEqual([second, first]);
  expect(estimate.notes).toEqual(["2 ROIs were merged into others, and are left out."]);
  expect((await read(folder, { only_cells: false })).footprints.length).toBe(4);
});

test("pixels counted from 1 are known by those beyond the edge", async () => {
  const folder = await plane("one", {
    "stat.npy": stat(roi([1, 2], [2, 2]), roi([3], [5])),
    "ops.npy": dictionary(field),
  });
  const estimate = await read(folder);
  expect(images(estimate)).toEqual([first, second]);
  expect(estimate.notes).toEqual([expect.stringContaining("counted from 1")]);
  const beyond = await plane("beyond", {
    "stat.npy": stat(roi([0], [0]), roi([3], [5])),
    "ops.npy": dictionary(field),
  });
  await expect(read(beyond)).rejects.toThrow(/object 1: pixel \(3, 5\) lies outside 3 × 5/);
});

test("a movie whose rows and columns were exchanged is turned back", async () => {
  const folder = await plane("exchanged", {
    ...two,
    "ops.npy": dictionary({ ...field, ...motion }),
  });
  const estimate = await read(folder, {}, { shape: [4, 5, 3], fps: 20 });
  expect(estimate.footprints.canvas).toEqual({ height: 5, width: 3 });
  expect(estimate.footprints.at(1)).toMatchObject({ row: 4, col: 2 });
  expect([...estimate.shifts!.data]).toEqual([0, 0, -1, 1, 0, 2, 1, 3]);
  expect(estimate.notes).toContainEqual(expect.stringContaining("exchanged, in the shifts, too"));
});

test("another frame rate than the recording's is said", async () => {
  const folder = await plane("rate", {
    ...two,
    "ops.npy": dictionary({ ...field, fs: new PyFloat(10) }),
  });
  expect((await read(folder)).notes).toEqual([
    "The frame rate that suite2p was given (fs) is 10 Hz, the recording has 20 Hz.",
    "C is F, no neuropil taken off: there is no Fneu.npy.",
  ]);
});

test("more frames or pixels than the recording has are refused", async () => {
  const folder = await plane("large", { ...two, "ops.npy": dictionary(field) });
  await expect(read(folder, {}, { shape: [3, 3, 5], fps: 20 })).rejects.toThrow(
    `${join(folder, "F.npy")} has 4 frames, the recording 3.`,
  );
  await expect(read(folder, {}, { shape: [4, 2, 5], fps: 20 })).rejects.toThrow(
    /ops\.npy has images of 3 × 5 px, larger than the recording's field of view of 2 × 5/,
  );
});

describe("C is F less the neuropil that suite2p takes off before it deconvolves", () => {
  const known = { ...two, "db.npy": dictionary(field) };
  const Fneu = { "Fneu.npy": matrix([1, 1, 1, 2], [0, 2, 0, 2]) };
  const ops = (neucoeff: number) => ({
    "ops.npy": dictionary({ ...field, neucoeff: new PyFloat(neucoeff) }),
  });
  const settings = (coefficient: number) => ({
    "settings.npy": dictionary({ extraction: { neuropil_coefficient: new PyFloat(coefficient) } }),
  });
  test.each<[string, Record<string, Uint8Array>, Settings, number, string]>([
    ["as ops.npy says", ops(0.5), {}, 0.5, "neucoeff of ops.npy"],
    ["as settings.npy says", settings(0.25), {}, 0.25, "neuropil_coefficient of settings.npy"],
    ["by default", {}, {}, 0.7, "suite2p's default"],
    ["as asked", ops(0.5), { neuropil_coefficient: 0.125 }, 0.125, "the setting"],
    [
      "by default where settings.npy is no dictionary",
      { "settings.npy": matrix([1]) },
      {},
      0.7,
      "suite2p's default",
    ],
  ])("%s", async (_, files, given, coefficient, from) => {
    const estimate = await read(await plane("neuropil", { ...known, ...Fneu, ...files }), given);
    const expected = [1, 2, 3, 4, 5, 6, 7, 8].map(
      (f, i) => f - coefficient * [1, 1, 1, 2, 0, 2, 0, 2][i]!,
    );
    expect([...estimate.C!.data]).toEqual(expected);
    expect(estimate.notes).toEqual([
      `C is F − ${coefficient} · Fneu (${from}; the setting neuropil_coefficient: 0 takes none off).`,
    ]);
  });

  test("or none, when asked, or where there is none", async () => {
    const none = await plane("without", { ...known, ...Fneu });
    const estimate = await read(none, { neuropil_coefficient: 0 });
    expect([...estimate.C!.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(estimate.notes).toEqual(["C is F, no neuropil taken off (the setting)."]);
    const missing = read(await plane("missing", known), { neuropil_coefficient: 0.7 });
    await expect(missing).rejects.toThrow(/Fneu\.npy does not belong to F\.npy/);
  });
});

describe("shifts of blocks", () => {
  // 3 × 5 pixels in blocks of 2 × 2: three rows of them, and four columns.
  const table = (...columns: number[]) =>
    new NumPyArray(
      Float32Array.from({ length: 4 * columns.length }, (_, i) => columns[i % columns.length]!),
      [4, columns.length],
    );
  const down = Array.from({ length: 12 }, (_, k) => k / 8);
  const bent = { yoff1: table(...down), xoff1: table(...down.map((value) => -value)) };
  const ops = { ...field, ...motion, ...bent, block_size: [2, 2] };

  test("lie where suite2p lays blocks, and add to the shift of the frame", async () => {
    const folder = await plane("blocks", { ...two, "ops.npy": dictionary(ops) });
    const { patch_shifts } = await read(folder);
    const { patches, shifts } = patch_shifts!;
    expect(patches.shape).toEqual([12, 4]);
    expect([...patches.data.subarray(0, 8)]).toEqual([0, 0, 2, 2, 0, 1, 2, 2]);
    expect([...patches.data.subarray(44)]).toEqual([1, 3, 2, 2]);
    expect(shifts.shape).toEqual([4, 12, 2]);
    // Frame 1: (1, −1), and block 2: (2/8, −2/8).
    expect([...shifts.data.subarray(2 * 14, 2 * 15)]).toEqual([1.25, -1.25]);
  });

  test("turn with a movie whose rows and columns were exchanged", async () => {
    const folder = await plane("turned", { ...two, "ops.npy": dictionary(ops) });
    const { patch_shifts } = await read(folder, {}, { shape: [4, 5, 3], fps: 20 });
    expect([...patch_shifts!.patches.data.subarray(44)]).toEqual([3, 1, 2, 2]);
    expect([...patch_shifts!.shifts.data.subarray(2 * 14, 2 * 15)]).toEqual([-1.25, 1.25]);
  });

  test("of another number than the field and block_size tell are left out, and it says so", async () => {
    const odd = { ...ops, block_size: [3, 5] };
    const folder = await plane("odd", { ...two, "ops.npy": dictionary(odd) });
    const estimate = await read(folder);
    expect(estimate.patch_shifts).toBeNull();
    expect(estimate.notes!.join()).toContain("Shifts of blocks are left out");
  });
});

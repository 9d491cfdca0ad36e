// Footprints as TIFF stacks with their traces beside, as Inscopix' CNMF-E leaves them; and images of labels.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadFormat, type ReadContext, readEstimate, type Settings } from "@minisim/interop";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { images } from "./hdf5-parts.ts";
import { makeTiff, type TiffOptions } from "./make-tiff.ts";

const at = temporaryFolder();
const recording: ReadContext = { shape: [3, 4, 3], fps: 20 };
const size = [4, 3] as const;
const first = [0, 2, 0, 0, 4, 0, 0, 1, 0, 0, 0, 0];
const second = [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 5];
const table = ["frame,C0,C1", "0,0.5,1", "1,1.5,-2e-1", "2,2.5,3", ""].join("\n");

const read = (path: string, settings?: Settings, format?: string) =>
  readEstimate(path, { recording, ...(settings && { settings }), ...(format && { format }) });

/** A folder with footprints, and traces unless there are none. */
async function folder(name: string, tiff: Uint8Array, csv: string | null = table): Promise<string> {
  await rm(at(name), { recursive: true, force: true });
  await mkdir(at(name));
  await writeFile(join(at(name), "session-footprints.tiff"), tiff);
  if (csv !== null) await writeFile(join(at(name), "session-traces.csv"), csv);
  return at(name);
}

const KINDS: readonly TiffOptions[] = [
  {},
  { littleEndian: false },
  { big: true },
  { big: true, littleEndian: false },
  { bits: 64 },
  { bits: 64, littleEndian: false },
  { rowsPerStrip: 1 },
  { big: true, rowsPerStrip: 1 },
  { deflate: true, rowsPerStrip: 3 },
  { bits: 16 },
  { bits: 8, littleEndian: false },
];

test.each(KINDS)("%j", async (options) => {
  const path = await folder("kind", makeTiff([first, second], size, options));
  const estimate = await read(path);
  expect(images(estimate)).toEqual([first, second]);
  expect(estimate.C).toEqual({
    shape: [2, 3],
    data: Float64Array.of(0.5, 1.5, 2.5, 1, -0.2, 3),
  });
  expect(estimate.S).toBeNull();
  expect(estimate.shifts).toBeNull();
  expect(estimate.notes).toEqual([]);
});

describe("the results are", () => {
  test("the folder, the footprints, or the traces", async () => {
    const path = await folder("any", makeTiff([first, second], size));
    for (const name of ["", "session-footprints.tiff", "session-traces.csv"]) {
      expect(images(await read(join(path, name)))).toEqual([first, second]);
    }
  });

  test("footprints alone, which is said", async () => {
    const path = await folder("alone", makeTiff([first, second], size), null);
    const { C, notes } = await read(path);
    expect(C).toBeNull();
    expect(notes).toEqual(["There are no traces beside session-footprints.tiff."]);
  });

  test("any TIFF that is said to be some, and no movie by itself", async () => {
    await writeFile(at("movie.tif"), makeTiff([first, second], size));
    const { detect } = await loadFormat("tiff");
    expect(await detect!(at("movie.tif"))).toBe(false);
    expect(images(await read(at("movie.tif"), {}, "tiff"))).toEqual([first, second]);
  });

  test("an image of labels: one page of whole numbers", async () => {
    const labels = [0, 7, 7, 0, 7, 0, 2, 0, 0, 2, 2, 0];
    await writeFile(at("labels.tif"), makeTiff([labels], size, { bits: 16 }));
    const estimate = await read(at("labels.tif"), {}, "tiff");
    expect(images(estimate)).toEqual([
      labels.map((label) => Number(label === 2)),
      labels.map((label) => Number(label === 7)),
    ]);
  });

  test("of nothing found: no pages", async () => {
    const path = await folder("nothing", makeTiff([], size), null);
    expect((await read(path)).footprints.length).toBe(0);
  });
});

describe("refused, with the file", () => {
  test.each<[string, string, RegExp]>([
    ["another number of units", "frame,C0\n0,1\n1,1\n2,1\n", /traces of 1 units, but there are 2/],
    ["a word", table.replace("-2e-1", "much"), /does not hold 3 numbers in line 3/],
    ["a line cut off", table.slice(0, -4), /does not hold 3 numbers in line 4/],
    ["more frames than the recording", `${table}3,1,1\n`, /has 4 frames, the recording 3/],
    ["nothing", "", /traces of 0 units/],
  ])("traces with %s", async (_, csv, message) => {
    const path = await folder("csv", makeTiff([first, second], size), csv);
    await expect(read(path)).rejects.toThrow(message);
    await expect(read(path)).rejects.toThrow(join(path, "session-traces.csv"));
  });

  test.each<[string, TiffOptions, RegExp]>([
    ["JPEG", { tags: { 259: 7 } }, /compressed pages \(7, predictor 1\)/],
    ["a predictor of floats", { tags: { 317: 3 } }, /compressed pages \(1, predictor 3\)/],
    ["colours", { tags: { 277: 3 } }, /several colours/],
    ["tiles", { tags: { 322: 16 } }, /pages in tiles/],
    ["too few bytes", { tags: { 257: 6 } }, /larger than the recording's field of view of 4 × 3/],
    ["odd bits", { tags: { 258: 12 } }, /pixels of 12 bits/],
  ])("pages with %s", async (_, options, message) => {
    const path = await folder("pages", makeTiff([first, second], size, options));
    await expect(read(path)).rejects.toThrow(message);
    await expect(read(path)).rejects.toThrow(join(path, "session-footprints.tiff"));
  });

  test("a strip that unpacks to more than its page, or to less", async () => {
    const path = await folder(
      "long",
      makeTiff([[...first, ...first]], size, { deflate: true, rowsPerStrip: 8 }),
    );
    await expect(read(path)).rejects.toThrow(/does not unpack to its size/);
    const short = await folder("short", makeTiff([first.slice(3)], size));
    await expect(read(short)).rejects.toThrow(/a page of 36 bytes instead of 48/);
  });

  test("pages in a circle, and a file that ends", async () => {
    const whole = makeTiff([first, second], size);
    const round = whole.slice();
    const view = new DataView(round.buffer);
    // The last directory ends with the place of the next: the first.
    view.setUint32(round.length - 4, view.getUint32(4, true), true);
    await expect(read(await folder("round", round))).rejects.toThrow(/pages in a circle/);
    for (let length = 4; length < whole.length; length += 7) {
      const path = await folder("cut", whole.slice(0, length));
      await expect(read(path)).rejects.toThrow(join(path, "session-footprints.tiff"));
    }
  });
});

// minian's results, handmade: what a person decided about the units, where A lies on the recording, and how large results may be.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FootprintStack } from "@minisim/footprint";
import { type ReadContext, readEstimate, type Settings } from "@minisim/interop";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { float64, writeZarr } from "./zarr-array.ts";

const at = temporaryFolder();
const recording: ReadContext = { shape: [4, 3, 5], fps: 20 };
const dims = ["unit_id", "height", "width"];

const array = (shape: readonly number[], values: readonly number[], names: readonly string[]) => ({
  shape,
  dims: names,
  dtype: "<f8",
  bytes: float64(values),
});

/** Three units on 3 × 5 pixels over 4 frames; `labels` lie beside A unless another array is named. */
async function results(
  name: string,
  units: { readonly A: readonly number[][]; readonly C: readonly number[][] },
  { labels, beside = "A" }: { labels?: readonly number[]; beside?: string } = {},
): Promise<string> {
  const folder = at(name);
  await rm(folder, { recursive: true, force: true });
  const n = units.A.length;
  await writeZarr(join(folder, "A.zarr/A"), array([n, 3, 5], units.A.flat(), dims));
  await writeZarr(join(folder, "C.zarr/C"), array([n, 4], units.C.flat(), ["unit_id", "frame"]));
  if (labels) {
    await writeZarr(
      join(folder, `${beside}.zarr/unit_labels`),
      array([labels.length], labels, ["unit_id"]),
    );
  }
  return folder;
}

const read = (path: string, settings?: Settings, of: ReadContext | undefined = recording) =>
  readEstimate(path, {
    format: "minian",
    ...(settings && { settings }),
    ...(of && { recording: of }),
  });
const images = ({ footprints }: Awaited<ReturnType<typeof read>>) => {
  const { canvas, length } = footprints;
  return Array.from({ length }, (_, unit) => {
    const image = new Array<number>(canvas.height * canvas.width).fill(0);
    const { row, col, width, data } = footprints.at(unit);
    for (let i = 0; i < data.length; i++) {
      image[(row + Math.floor(i / width)) * canvas.width + col + (i % width)] = data[i]!;
    }
    return image;
  });
};
const rowsOf = (C: Awaited<ReturnType<typeof read>>["C"]) =>
  Array.from({ length: C!.shape[0]! }, (_, unit) => [...C!.data.slice(4 * unit, 4 * unit + 4)]);
const scaled = (values: readonly number[], factor: number) => values.map((value) => value * factor);

// A cell of three rows; halves of it, the lower one shown at another gain; and another cell.
const cell = [0, 1, 2, 0, 0, 0, 4, 8, 0, 0, 0, 2, 2, 0, 0];
const upper = cell.map((light, pixel) => (pixel < 5 ? light : 0));
const lower = cell.map((light, pixel) => (pixel < 5 ? 0 : light));
const other = [0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0];
const trace = [1, 5, 2, 0];
const otherTrace = [0, 1, 0, 1];

describe("unit_labels", () => {
  test("−1 throws a unit away, which is said", async () => {
    const units = { A: [cell, other], C: [trace, otherTrace] };
    const estimate = await read(await results("discarded", units, { labels: [-1, 7] }));
    expect(images(estimate)).toEqual([other]);
    expect(rowsOf(estimate.C)).toEqual([otherTrace]);
    expect(estimate.notes).toEqual([
      "unit_labels says that 1 of 2 units were thrown away (the setting components: all takes all units).",
    ]);
  });

  test.each(["A", "C"])("parts of one label become the cell, labels beside %s", async (beside) => {
    // The lower half is 4 times as bright in its footprint, and its trace 4 times as dim: the same light.
    const units = {
      A: [upper, other, scaled(lower, 4)],
      C: [trace, otherTrace, scaled(trace, 1 / 4)],
    };
    const folder = await results(`parts-${beside}`, units, { labels: [2, 5, 2], beside });
    const estimate = await read(folder);
    const [mean] = [trace.reduce((sum, value) => sum + value, 0) / 4];
    // Powers of two and small integers: exact.
    expect(images(estimate)).toEqual([scaled(cell, mean!), other]);
    const [merged, alone] = rowsOf(estimate.C);
    expect(alone).toEqual(otherTrace);
    // Shares of the light: 3 of the upper half, 16 · 4 of the lower, whose trace is a quarter.
    const share = (3 + 64 / 4) / (3 + 64);
    for (const [frame, value] of merged!.entries()) {
      expect(value).toBeCloseTo(trace[frame]! * share, 14);
    }
    expect(estimate.notes).toEqual([
      expect.stringContaining("2 of 3 are parts of 1, whose light adds up"),
    ]);
  });

  test("parts that are silent add up as they are", async () => {
    const silent = [0, 0, 0, 0];
    const folder = await results(
      "silent",
      { A: [upper, lower], C: [silent, silent] },
      { labels: [1, 1] },
    );
    expect(images(await read(folder))).toEqual([cell]);
  });

  test("count for nothing when all units are asked for, or when all labels differ", async () => {
    const units = { A: [upper, other, lower], C: [trace, otherTrace, trace] };
    const folder = await results("all", units, { labels: [2, -1, 2] });
    const estimate = await read(folder, { components: "all" });
    expect(images(estimate)).toEqual([upper, other, lower]);
    expect(estimate.notes).toEqual([]);
    const alone = await read(await results("alone", units, { labels: [0, 1, 2] }));
    expect(images(alone)).toEqual([upper, other, lower]);
    expect(alone.notes).toEqual([]);
  });

  test("that throw everything away leave an estimate of nothing", async () => {
    const units = { A: [cell], C: [trace] };
    const estimate = await read(await results("none", units, { labels: [-1] }));
    expect(estimate.footprints.length).toBe(0);
    expect(estimate.footprints.canvas).toEqual({ height: 3, width: 5 });
    expect(estimate.C!.shape).toEqual([0, 4]);
  });
});

test("no units at all are an estimate of nothing, on the recording's field of view", async () => {
  const estimate = await read(await results("empty", { A: [], C: [] }));
  expect((estimate.footprints as FootprintStack).length).toBe(0);
  expect(estimate.footprints.canvas).toEqual({ height: 3, width: 5 });
});

test("a part of the recording lies where its coordinates say, on the recording's field of view", async () => {
  const folder = await results("part", { A: [cell], C: [trace] });
  const rows = array([3], [2, 3, 4], ["height"]);
  await writeZarr(join(folder, "A.zarr/height"), rows);
  const large: ReadContext = { shape: [4, 30, 40], fps: 20 };
  const estimate = await read(folder, {}, large);
  expect(estimate.footprints.canvas).toEqual({ height: 30, width: 40 });
  expect(estimate.footprints.at(0).row).toBe(2);
  // Coordinates from 0 on do not show that A is a part of something.
  await rm(join(folder, "A.zarr/height"), { recursive: true });
  expect((await read(folder, {}, large)).footprints.canvas).toEqual({ height: 3, width: 5 });
});

test("pixels that minian averaged or left out are told by their coordinates", async () => {
  const folder = await results("averaged", { A: [cell], C: [trace] });
  const large: ReadContext = { shape: [4, 30, 40], fps: 20 };
  const counted = (name: string, values: number[]) =>
    writeZarr(join(folder, `A.zarr/${name}`), array([values.length], values, [name]));
  // Every second one from the camera's row 4 on; means of two columns from 6 on.
  await counted("height", [4, 6, 8]);
  await counted("width", [6.5, 8.5, 10.5, 12.5, 14.5]);
  const estimate = await read(folder, {}, large);
  expect(estimate.footprints.canvas).toEqual({ height: 15, width: 20 });
  expect(estimate.footprints.at(0)).toMatchObject({ row: 2 });
  expect(estimate.notes).toContain(
    "minian's pixels are 2 × 2 of the camera's, as the coordinates of A say.",
  );
  await counted("height", [4, 6, 9]);
  await expect(read(folder, {}, large)).rejects.toThrow(
    /does not count the 3 pixels of A in even steps/,
  );
});

test("the background is read with its images, turned where they are", async () => {
  const folder = await results("background", { A: [cell], C: [trace] });
  const b = Array.from({ length: 15 }, (_, p) => p);
  await writeZarr(join(folder, "b.zarr/b"), array([3, 5], b, ["height", "width"]));
  await writeZarr(join(folder, "f.zarr/f"), array([4], [1, 2, 3, 4], ["frame"]));
  const { background_light } = await read(folder);
  expect(background_light).toEqual({
    spatial: { shape: [1, 3, 5], data: Float64Array.from(b) },
    temporal: { shape: [1, 4], data: Float64Array.of(1, 2, 3, 4) },
  });
  const turned = await read(folder, {}, { shape: [4, 5, 3], fps: 20 });
  expect(turned.background_light!.spatial).toEqual({
    shape: [1, 5, 3],
    data: Float64Array.from(b, (_, p) => (p % 3) * 5 + Math.floor(p / 3)),
  });
  await writeZarr(join(folder, "f.zarr/f"), array([3], [1, 2, 3], ["frame"]));
  expect((await read(folder)).background_light).toBeNull();
});

test("rows and columns that were exchanged are put right, and that is said", async () => {
  const folder = await results("turned", { A: [cell], C: [trace] });
  await writeZarr(
    join(folder, "motion.zarr/motion"),
    array([4, 2], [1, 2, 3, 4, 5, 6, 7, 8], ["frame", "shift_dim"]),
  );
  const estimate = await read(folder, {}, { shape: [4, 5, 3], fps: 20 });
  expect(estimate.footprints.canvas).toEqual({ height: 5, width: 3 });
  const turned = Array.from({ length: 15 }, (_, i) => cell[(i % 3) * 5 + Math.floor(i / 3)]!);
  expect(images(estimate)).toEqual([turned]);
  expect([...estimate.shifts!.data]).toEqual([-2, -1, -4, -3, -6, -5, -8, -7]);
  expect(estimate.notes![0]).toMatch(/3 × 5 px, those of the recording 5 × 3.*in the shifts, too/);
});

test("motion of patches is not scored, and that is said", async () => {
  const folder = await results("patches", { A: [cell], C: [trace] });
  const motion = array([4, 2, 2, 2], new Array(32).fill(1), ["frame", "ay", "ax", "shift_dim"]);
  await writeZarr(join(folder, "motion.zarr/motion"), motion);
  const estimate = await read(folder);
  expect(estimate.shifts).toBeNull();
  expect(estimate.notes).toEqual([
    expect.stringMatching(/motion is of patches, which is no single trajectory: motion is not sc/),
  ]);
});

test.each([
  ["frames", "C.zarr/C/0.0", [3, 3, 5], /C has 4 frames, the recording 3/],
  ["pixels", "A.zarr/A/0.0.0", [4, 2, 4], /larger than the recording's field of view of 2 × 4/],
] as const)(
  "more %s than the recording has are refused before they are read",
  async (_, chunk, shape, message) => {
    const folder = await results("large", { A: [cell], C: [trace] });
    // Were it read, this would be the error.
    await writeFile(join(folder, chunk), "damaged");
    await expect(read(folder)).rejects.toThrow(/holds|decoded/);
    await expect(read(folder, {}, { shape, fps: 20 })).rejects.toThrow(message);
  },
);

// An estimate that is saved is the one that is read again.
import { writeFile } from "node:fs/promises";
import { FootprintStack } from "@minisim/footprint";
import { readEstimate, saveEstimate } from "@minisim/interop";
import type { Estimate } from "@minisim/scoring";
import { expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";

const at = temporaryFolder();
const canvas = { height: 7, width: 9 };
const recording = { shape: [4, 7, 9], fps: 20 } as const;
const footprints = FootprintStack.from(
  [
    { row: 0, col: 0, height: 2, width: 2, data: Float32Array.of(1, 2, 0, 3) },
    { row: 5, col: 6, height: 2, width: 3, data: Float32Array.of(0.5, 1, 1, 0, 2, 1) },
  ],
  canvas,
);
const rows = (count: number, from: number) => ({
  shape: [count, 4],
  data: Float64Array.from({ length: count * 4 }, (_, i) => from + i / 3),
});
const shifts = { shape: [4, 2], data: Float64Array.of(0, 0, 1, -2, 0.5, 3, -1, 0) };

/** Each image as a whole, however its patch is cut. */
const dense = (stack: Estimate["footprints"]) =>
  Array.from({ length: stack.length }, (_, unit) => {
    const { row, col, height, width, data } = stack.at(unit);
    const image = new Array<number>(canvas.height * canvas.width).fill(0);
    for (let i = 0; i < height * width; i++) {
      image[(row + Math.floor(i / width)) * canvas.width + col + (i % width)] = data[i]!;
    }
    return image;
  });

test.each<[string, Estimate]>([
  ["all of it", { footprints, C: rows(2, 1), S: rows(2, -1), shifts }],
  ["footprints and traces", { footprints, C: rows(2, 1), S: null, shifts: null }],
  ["footprints alone", { footprints, C: null, S: null, shifts: null }],
  [
    "nothing",
    { footprints: FootprintStack.from([], canvas), C: rows(0, 0), S: null, shifts: null },
  ],
])("%s", async (name, estimate) => {
  const path = at(`${name}.npz`);
  await saveEstimate(estimate, path);
  const read = await readEstimate(path, { recording });
  expect(read.footprints.length).toBe(estimate.footprints.length);
  expect(dense(read.footprints)).toEqual(dense(estimate.footprints));
  for (const field of ["C", "S", "shifts"] as const) {
    const [own, again] = [estimate[field], read[field]];
    expect(again === null ? null : [...again.data]).toEqual(own === null ? null : [...own.data]);
  }
});

test("replaces no file", async () => {
  const path = at("mine.npz");
  await writeFile(path, "mine");
  const estimate = { footprints, C: null, S: null, shifts: null };
  await expect(saveEstimate(estimate, path)).rejects.toThrow(
    /mine\.npz is a file that minisim did/,
  );
});

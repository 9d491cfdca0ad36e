// The scene: the cell table, and what shades the cells.
import { CellTable, Scene } from "@minisim/pipeline";
import { expect, test } from "vitest";
import { activityOf, cellAt, compiled, fake } from "./fakes.ts";

const canvas = { height: 9, width: 9 };
const FRAMES = 4;

function tableOf(...places: [number, number][]): CellTable {
  const table = new CellTable(canvas, FRAMES);
  table.add(places.map(([row, col]) => cellAt(row, col)));
  return table;
}

const opticsOf = (sigma: number[], gain: number[]) => ({
  sigma_px: Float64Array.from(sigma),
  gain: Float64Array.from(gain),
  in_focus: new Uint8Array(sigma.length),
  brightness: Float64Array.from(gain),
});

test("cells keep the order in which they were added", () => {
  const table = tableOf([1, 2], [3, 4]);
  table.add([cellAt(5, 6)]);
  expect(table.count).toBe(3);
  expect(table.at(2).key).toEqual(["cell", 5, 6]);
  expect([...table].map(({ position_um }) => position_um[1])).toEqual([1, 3, 5]);
});

test("a cell that is not there is an error that counts those that are", () => {
  expect(() => tableOf([1, 2]).at(1)).toThrow("There is no cell 1; the scene has 1.");
});

test("the planted stack holds every footprint on the canvas, later cells included", () => {
  const table = tableOf([1, 2]);
  expect(table.planted.length).toBe(1);
  table.add([cellAt(5, 6)]);
  expect(table.planted.length).toBe(2);
  expect(table.planted.canvas).toEqual(canvas);
  expect([...table.planted.offsets]).toEqual([1, 2, 5, 6]);
});

test.each([
  [
    "activity",
    (table: CellTable) => {
      table.activity = activityOf([1, 1, 1, 1], 1);
    },
  ],
  [
    "optics",
    (table: CellTable) => {
      table.optics = opticsOf([1], [1]);
    },
  ],
  [
    "intact_fraction",
    (table: CellTable) => {
      table.intact_fraction = new Float64Array(FRAMES);
    },
  ],
])("no cell is added once %s is filled", (_, fill) => {
  const table = tableOf([1, 2]);
  fill(table);
  expect(() => table.add([cellAt(0, 0)])).toThrow(
    "Cells cannot be added once a column of the cell table is filled.",
  );
  expect(table.count).toBe(1);
});

test("observed is planted until optics are there, then the blur of it", () => {
  const table = tableOf([4, 4]);
  expect(table.observed).toBe(table.planted);
  table.optics = opticsOf([1], [0.5]);
  expect(table.observed.data).toEqual(table.planted.degrade([1], [0.5]).data);
});

test("observed is made once for each set of optics", () => {
  const table = tableOf([4, 4]);
  table.optics = opticsOf([1], [0.5]);
  const first = table.observed;
  expect(table.observed).toBe(first);
  table.optics = opticsOf([2], [0.5]);
  expect(table.observed).not.toBe(first);
  expect(table.observed.at(0).width).toBe(9);
});

test("layers in front of the cells multiply, and the first is copied", () => {
  const { geometry } = compiled([fake("a")]).scene;
  const scene = new Scene(geometry);
  expect(scene.transmission).toBeNull();
  const half = new Float64Array(12).fill(0.5);
  scene.occlude(half);
  scene.occlude(half);
  expect([...scene.transmission!]).toEqual(Array(12).fill(0.25));
  expect(half[0]).toBe(0.5);
});

test("a layer that does not cover the canvas is an error", () => {
  const { scene } = compiled([fake("a")]);
  expect(() => scene.occlude(new Float64Array(11))).toThrow(
    "A transmission field must cover the canvas.",
  );
});

test("a column must fit the table", () => {
  const table = tableOf([1, 2], [3, 4]);
  expect(() => {
    table.intact_fraction = new Float64Array(FRAMES);
  }).toThrow("A column needs 2 cells × 4 frames.");
});

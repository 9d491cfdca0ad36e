// The scene: slots, the cells and their columns, and what shades the cells.
import {
  facts,
  type Made,
  observedFootprints,
  type Put,
  type Scene,
  slot,
  slots,
  type Token,
} from "@minisim/pipeline";
import { describe, expect, test } from "vitest";
import { activityOf, cellAt, compiled, FRAMES, fake } from "./fakes.ts";

/** The scene after steps that put these one after another. */
const sceneOf = (...puts: NonNullable<Made["put"]>[]): Scene =>
  compiled(puts.map((put, i) => fake(`step_${i}`, { domain: "cell", compile: () => ({ put }) })))
    .scene;

const cells = (...places: [number, number][]) =>
  slots.cells.of(places.map(([row, col]) => cellAt(row, col)));

const opticsOf = (sigma: number[], gain: number[]) => ({
  sigma_px: Float64Array.from(sigma),
  gain: Float64Array.from(gain),
  in_focus: new Uint8Array(sigma.length),
  brightness: Float64Array.from(gain),
});

describe("a slot", () => {
  const humidity = slot<number>("acme_humidity");
  const log = slot<readonly string[], string>("acme_log", {
    start: () => ["begin"],
    merge: (lines, line) => [...lines, line],
  });

  test("is null before anybody puts something, and then what was put last", () => {
    expect(sceneOf().get(humidity)).toBeNull();
    expect(sceneOf(humidity.of(40), humidity.of(60)).get(humidity)).toBe(60);
  });

  test("with a rule starts and merges by it", () => {
    expect(sceneOf().get(log)).toEqual(["begin"]);
    expect(sceneOf(log.of("a"), [log.of("b"), log.of("c")]).get(log)).toEqual([
      "begin",
      "a",
      "b",
      "c",
    ]);
  });

  test("is read by later steps, and what a step puts is not seen by it or by those before", () => {
    const seen: unknown[] = [];
    const look = (kind: string, put: Put[] = []) =>
      fake(kind, {
        compile({ scene }) {
          seen.push(scene.get(humidity));
          return { put };
        },
      });
    compiled([look("a"), look("b", [humidity.of(70)]), look("c")]);
    expect(seen).toEqual([null, null, 70]);
  });

  test("goes by its name: another token of that name is the same slot", () => {
    const twin: Token<number | null> = slot<number>("acme_humidity");
    expect(sceneOf(humidity.of(1)).get(twin)).toBe(1);
  });
});

test("the name of a fact that is announced is no name for a slot", () => {
  const announcing = fake("a", { announce: () => facts.excitation.of(1) });
  const put = slot<number>("excitation").of(2);
  const putting = fake("b", { compile: () => ({ put }) });
  expect(() => compiled([announcing, putting])).toThrow(
    '"excitation" is announced as a fact, so no step can put it.',
  );
});

describe("cells", () => {
  test("keep the order in which they were put", () => {
    const table = sceneOf(cells([1, 2], [3, 4]), cells([5, 6])).get(slots.cells);
    expect(table.count).toBe(3);
    expect(table.at(2).key).toEqual(["cell", 5, 6]);
    expect([...table].map(({ position_um }) => position_um[1])).toEqual([1, 3, 5]);
  });

  test("that are not there are an error that counts those that are", () => {
    expect(() =>
      sceneOf(cells([1, 2]))
        .get(slots.cells)
        .at(1),
    ).toThrow("There is no cell 1; the scene has 1.");
  });

  test("have all planted footprints on the canvas", () => {
    const { planted } = sceneOf(cells([1, 2]), cells([2, 3])).get(slots.cells);
    expect(planted.length).toBe(2);
    expect(planted.canvas).toEqual({ height: 3, width: 4 });
    expect([...planted.offsets]).toEqual([1, 2, 2, 3]);
  });
});

describe("a column", () => {
  const full = Array<number>(FRAMES).fill(1);
  const own = slot<Float64Array>("acme_brightness", { columnOf: slots.cells });

  test.each([
    ["activity", slots.activity.of(activityOf(full, 1))],
    ["optics", slots.optics.of(opticsOf([1], [1]))],
    ["intact_fraction", slots.intact_fraction.of(new Float64Array(FRAMES))],
    ["acme_brightness", own.of(Float64Array.of(3))],
  ])("closes the table: no cell is put once %s is there", (name, column) => {
    expect(() => sceneOf(cells([1, 2]), column, cells([0, 0]))).toThrow(
      `Nothing can be added to "cells" once its column "${name}" is there.`,
    );
    expect(sceneOf([cells([1, 2]), column]).get(slots.cells).count).toBe(1);
  });

  test("must fit the table", () => {
    const short = slots.intact_fraction.of(new Float64Array(FRAMES));
    expect(() => sceneOf(cells([1, 2], [2, 3]), short)).toThrow(
      `A column needs 2 cells × ${FRAMES} frames.`,
    );
  });
});

describe("observed footprints", () => {
  test("are the planted ones until optics are there, then the blur of them", () => {
    const sharp = sceneOf(cells([1, 1]));
    expect(observedFootprints(sharp)).toBe(sharp.get(slots.cells).planted);
    const blurred = sceneOf(cells([1, 1]), slots.optics.of(opticsOf([1], [0.5])));
    const { planted } = blurred.get(slots.cells);
    expect(observedFootprints(blurred).data).toEqual(planted.degrade([1], [0.5]).data);
  });

  test("are made once for each set of optics", () => {
    const seen: unknown[] = [];
    const look = (kind: string, sigma: number) =>
      fake(kind, {
        compile({ scene }) {
          seen.push(observedFootprints(scene), observedFootprints(scene));
          return { put: slots.optics.of(opticsOf([sigma], [0.5])) };
        },
      });
    const place = fake("place", { domain: "cell", compile: () => ({ put: cells([1, 1]) }) });
    compiled([place, look("a", 1), look("b", 2), look("c", 3)]);
    expect(seen[0]).toBe(seen[1]);
    expect(seen[2]).toBe(seen[3]);
    expect(new Set(seen).size).toBe(3);
  });
});

test("layers in front of the cells multiply, and stay as they were put", () => {
  const half = new Float64Array(12).fill(0.5);
  const layers = [slots.transmission.of(half), slots.transmission.of(half)];
  expect(sceneOf().get(slots.transmission)).toBeNull();
  expect([...sceneOf(...layers).get(slots.transmission)!]).toEqual(Array(12).fill(0.25));
  expect(half[0]).toBe(0.5);
});

test("a layer that does not cover the canvas is an error", () => {
  expect(() => sceneOf(slots.transmission.of(new Float64Array(11)))).toThrow(
    "A transmission field must cover the canvas.",
  );
});

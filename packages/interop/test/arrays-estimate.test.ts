import { expect, test } from "vitest";
import { type ArrayShapes, arraySettings, planArrays } from "../src/arrays-estimate.ts";
import type { ReadContext } from "../src/contract.ts";
import { Reading } from "../src/reading.ts";

interface Given {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number> | ArrayLike<bigint>;
}

function estimateOfArrays(
  arrays: Readonly<Record<string, Given>>,
  place: string,
  settings: Readonly<Record<string, unknown>> = {},
  recording?: ReadContext,
) {
  const reading = new Reading(recording);
  const of = <T>(pick: (array: Given) => T) =>
    Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, pick(array)]));
  const plan = planArrays(
    of(({ shape }) => shape) as ArrayShapes,
    place,
    arraySettings.parse(settings),
    reading,
  );
  const data = of(({ data }) => data) as unknown as Parameters<typeof plan>[0];
  return { ...plan(data), notes: reading.notes };
}

/** Three cells on 4 × 5 pixels: cell u lights (u, u + 1) and (u + 1, u + 1). */
const images = new Float64Array(3 * 4 * 5);
for (let unit = 0; unit < 3; unit++) {
  images[unit * 20 + unit * 5 + unit + 1] = 0.1 * (unit + 1);
  images[unit * 20 + (unit + 1) * 5 + unit + 1] = 2;
}
const first = { shape: [3, 4, 5], data: images };
const last = {
  shape: [4, 5, 3],
  data: Float64Array.from({ length: 60 }, (_, i) => images[(i % 3) * 20 + Math.floor(i / 3)]!),
};
const traces = (units: number, frames: number) => ({
  shape: [units, frames],
  data: new Float32Array(units * frames),
});

test("footprints come out the same from either order of axes, trimmed and unrounded", () => {
  for (const A of [first, last]) {
    const { footprints } = estimateOfArrays({ A, C: traces(3, 9) }, "x");
    expect(footprints).toMatchObject({ length: 3, canvas: { height: 4, width: 5 } });
    for (let unit = 0; unit < 3; unit++) {
      expect(footprints.at(unit)).toEqual({
        ...{ row: unit, col: unit + 1, height: 2, width: 1 },
        data: Float64Array.of(0.1 * (unit + 1), 2),
      });
    }
  }
});

test("a dark footprint is an empty patch; negative and undefined light does not count", () => {
  const data = Float64Array.of(0, -1, Number.NaN, 0);
  const { footprints } = estimateOfArrays({ A: { shape: [1, 2, 2], data }, C: traces(1, 3) }, "x");
  expect(footprints.at(0)).toMatchObject({ height: 0, width: 0 });
});

test("integers of 64 bits become numbers", () => {
  const shifts = { shape: [2, 2], data: BigInt64Array.of(1n, -2n, 3n, 4n) };
  const estimate = estimateOfArrays({ A: first, S: traces(3, 2), shifts }, "x");
  expect(estimate.shifts?.data).toEqual(Float64Array.of(1, -2, 3, 4));
});

const square = { shape: [4, 4, 4], data: new Float64Array(64) };
test.each([
  ["two orders fit", { A: square, C: traces(4, 9) }, {}, "can be unit × height × width or"],
  ["no order fits", { A: first, C: traces(7, 9) }, {}, "C or S is (7, 9)"],
  [
    "the named order does not",
    { A: last, C: traces(3, 9) },
    { footprint_axes: "unit_height_width" },
    "does not go together",
  ],
  [
    "the field of view does not",
    { A: first, C: traces(3, 9) },
    { height: 6, width: 4 },
    "field of view 6 × 4",
  ],
  ["A is flat", { A: { shape: [3, 20], data: images } }, {}, "a flattened image"],
  [
    "C and S disagree",
    { A: first, C: traces(3, 9), S: traces(3, 8) },
    {},
    "C is (3, 9), but S is (3, 8)",
  ],
  [
    "frames disagree",
    { A: first, C: traces(3, 9), shifts: traces(8, 2) },
    {},
    "9 frames, but shifts has 8",
  ],
  ["shifts lie down", { A: first, shifts: traces(2, 9) }, {}, "not frame × 2"],
  ["C is a list", { A: first, C: { shape: [3], data: [0, 0, 0] } }, {}, "not unit × frame"],
  ["units without pixels", { A: { shape: [1e12, 0, 0], data: [] } }, {}, "does not go together"],
  ["there is no A", { C: traces(3, 9) }, {}, "no array A"],
])("refused: %s", (_, arrays, settings, problem) => {
  const read = () => estimateOfArrays(arrays as Record<string, Given>, "results.npz", settings);
  expect(read).toThrow(problem);
  expect(read).toThrow(expect.objectContaining({ code: "malformed" }));
  expect(read).toThrow(/^results\.npz: /);
});

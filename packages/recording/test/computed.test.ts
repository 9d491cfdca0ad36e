// Unit × frame fields given as recipes: arrays to whoever asks for arrays, rows to whoever must not hold them.
import { type ComputedRows, GroundTruth } from "@minisim/recording";
import { describe, expect, test } from "vitest";
import { FRAMES, truthData, UNITS } from "./truth.ts";

const plain = new GroundTruth(truthData());
let rowsMade = 0;
const recipe: ComputedRows = {
  shape: [UNITS, FRAMES],
  row(unit, target, at) {
    rowsMade += 1;
    target.set(plain.C.data.subarray(unit * FRAMES, (unit + 1) * FRAMES), at);
  },
};
const make = () => new GroundTruth({ ...truthData(), C: recipe });

describe("a field given as a recipe", () => {
  test("is not computed before it is asked for, and once then", () => {
    rowsMade = 0;
    const truth = make();
    expect(truth.shapeOf("C")).toEqual([UNITS, FRAMES]);
    expect(rowsMade).toBe(0);
    expect(truth.C.data).toEqual(plain.C.data);
    expect(truth.C).toBe(truth.C);
    expect(rowsMade).toBe(UNITS);
  });

  test("gives rows without the array, as an array gives its own", () => {
    rowsMade = 0;
    expect(make().readRows("C", 1, 2)).toEqual(plain.readRows("C", 1, 2));
    expect(rowsMade).toBe(1);
    expect(plain.readRows("detectable", 0, UNITS)).toEqual(plain.detectable.data);
    expect(plain.readRows("centers_um", 1, 2)).toEqual(plain.centers_um.data.subarray(3, 6));
  });

  test("stays one in a subset", () => {
    rowsMade = 0;
    const subset = make().subset([UNITS - 1]);
    expect(rowsMade).toBe(0);
    expect(subset.C.data).toEqual(plain.subset([UNITS - 1]).C.data);
  });

  test("must have the dimensions of the others", () => {
    const wrong = { ...recipe, shape: [UNITS, FRAMES + 1] as const };
    expect(() => new GroundTruth({ ...truthData(), C: wrong })).toThrow(/frame/);
  });
});

test("rows of an absent field are an error", () => {
  const truth = new GroundTruth({ ...truthData(), shifts: null });
  expect(truth.shapeOf("shifts")).toBeNull();
  expect(() => truth.readRows("shifts", 0, 1)).toThrow("This ground truth has no shifts.");
});

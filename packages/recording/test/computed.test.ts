// Unit × frame fields given as recipes: arrays to whoever asks for arrays, rows to whoever must not hold them.
import { type ComputedRows, GroundTruth } from "@minisim/recording";
import { describe, expect, test } from "vitest";
import { FOV, FRAMES, truthData, UNITS } from "./truth.ts";

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
    expect(truth.field("C").shape).toEqual([UNITS, FRAMES]);
    expect(rowsMade).toBe(0);
    expect(truth.C.data).toEqual(plain.C.data);
    expect(truth.C).toBe(truth.C);
    expect(rowsMade).toBe(UNITS);
  });

  test("gives rows without the array, as an array gives its own", () => {
    rowsMade = 0;
    expect(make().field("C").rows(1, 2)).toEqual(plain.field("C").rows(1, 2));
    expect(rowsMade).toBe(1);
    expect(plain.field("detectable").rows(0, UNITS)).toEqual(plain.detectable.data);
    expect(plain.field("centers_um").rows(1, 2)).toEqual(plain.centers_um.data.subarray(3, 6));
  });

  test("stays one in a subset", () => {
    rowsMade = 0;
    const subset = make().subset([UNITS - 1]);
    expect(rowsMade).toBe(0);
    expect(subset.C.data).toEqual(plain.subset([UNITS - 1]).C.data);
  });

  test("of flags gives flags", () => {
    const row = (unit: number, target: Float64Array, at: number) => {
      target[at] = unit === 1 ? 1 : 0;
    };
    const truth = new GroundTruth({ ...truthData(), detectable: { shape: [UNITS], row } });
    expect(truth.field("detectable").rows(1, 3)).toEqual(Uint8Array.of(1, 0));
    expect(truth.detectable.data).toEqual(Uint8Array.of(0, 1, 0));
    expect(truth.n_detectable).toBe(1);
    expect(truth.detectableSubset().n_units).toBe(1);
  });

  test("can be made ready beforehand, also in a subset; an array is ready", async () => {
    let calls = 0;
    const C = {
      ...recipe,
      ready: async () => {
        calls += 1;
      },
    };
    const truth = new GroundTruth({ ...truthData(), C });
    await truth.field("C").ready();
    await truth.subset([0]).field("C").ready();
    await truth.field("in_focus").ready();
    expect(calls).toBe(2);
  });

  test("must have the dimensions of the others", () => {
    const wrong = { ...recipe, shape: [UNITS, FRAMES + 1] as const };
    expect(() => new GroundTruth({ ...truthData(), C: wrong })).toThrow(/frame/);
  });
});

test("a step's field may be one: any rows of any shape", () => {
  const shape = [2, FOV.height, FOV.width];
  const size = FOV.height * FOV.width;
  const row = (index: number, target: Float64Array, at: number) => {
    for (let i = 0; i < size; i++) target[at + i] = index * 1000 + i;
  };
  const step_fields = [
    {
      ...{ name: "fields", dims: ["layer", "height", "width"], unit: "1", description: "Layers." },
      value: { shape, row },
    },
  ];
  const truth = new GroundTruth(truthData({ step_fields }));
  expect(truth.field("fields").rows(1, 2)[3]).toBe(1003);
  expect(truth.get("fields")!.get(1, 0, 4)).toBe(1004);
  expect(truth.get("fields")!.shape).toEqual(shape);
});

test("rows of a view in another order are row-major", () => {
  const turned = plain.C.transpose(1, 0);
  const value = { name: "turned", dims: ["frame", "unit"], unit: "1", description: "Turned." };
  const truth = new GroundTruth(truthData({ step_fields: [{ ...value, value: turned }] }));
  expect([...truth.field("turned").rows(1, 2)]).toEqual([1, 5, 9]);
});

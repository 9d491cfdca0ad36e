// GroundTruth row by row: each field as it goes in, the accessors that are made of them, and what is refused.
import { FootprintStack } from "@minisim/footprint";
import {
  ALWAYS_FIELDS,
  CORE_FIELDS,
  GroundTruth,
  GroundTruthError,
  nd,
  STEP_PROPERTIES,
  takeRagged,
} from "@minisim/recording";
import { describe, expect, test } from "vitest";
import { CANVAS, FOV, FRAMES, STEP_FIELDS, truthData, UNITS } from "./truth.ts";

const truth = new GroundTruth(truthData());

describe("fields", () => {
  test("are those of the scene, then those that steps left", () => {
    const left = STEP_FIELDS.map(({ name }) => name);
    expect([...truth.fields.keys()]).toEqual([...Object.keys(CORE_FIELDS), ...left]);
  });

  test("have their meaning, their shape and their values", () => {
    for (const [name, { dims, dtype, unit, description }] of Object.entries(CORE_FIELDS)) {
      const field = truth.field(name);
      expect(field).toMatchObject({ name, dims, dtype, unit, description });
      expect(field.shape.length).toBe(dims.length);
      expect(field.array.data).toBeInstanceOf(dtype === "bool" ? Uint8Array : Float64Array);
    }
    for (const { value, ...declaration } of STEP_FIELDS) {
      const field = truth.field(declaration);
      expect(field).toMatchObject({ ...declaration, dtype: "float64" });
      expect(field.array).toBe(value);
      expect(truth.get(declaration)).toBe(value);
      expect(truth.get(declaration.name)).toBe(value);
    }
  });

  test("of the scene are properties", () => {
    for (const name of Object.keys(CORE_FIELDS) as (keyof typeof CORE_FIELDS)[]) {
      expect(truth[name]).toBe(truth.field(name).array);
    }
  });

  test("of well-known steps are properties too, null where no step left them", () => {
    const left = STEP_FIELDS.map(({ name }) => name);
    for (const name of STEP_PROPERTIES) {
      expect(truth[name]).toBe(left.includes(name) ? truth.field(name).array : null);
    }
  });

  test("that are not there are null to whoever gets them, and an error that lists them to whoever needs them", () => {
    expect(truth.get("vignette")).toBeNull();
    expect(truth.get({ name: "glitter" })).toBeNull();
    expect(() => truth.field("glitter")).toThrow(
      "This ground truth has no glitter; it has C, S, centers_um,",
    );
  });

  test.each(Object.keys(CORE_FIELDS) as (keyof typeof CORE_FIELDS)[])(
    "%s may be null exactly where it needs optics or something in front of the cells",
    (name) => {
      const make = () => new GroundTruth(truthData({ [name]: null }));
      if (name in ALWAYS_FIELDS) expect(make).toThrow(`${name}: must be an ndarray of`);
      else expect(make()[name]).toBeNull();
    },
  );

  test("planted is a stack on the canvas, which fov_offset and fov_shape crop to the sensor", () => {
    expect(truth.planted).toBeInstanceOf(FootprintStack);
    expect(truth.planted.canvas).toEqual(CANVAS);
    expect(truth.fov_offset).toEqual([2, 2]);
    expect(truth.fov_shape).toEqual([FOV.height, FOV.width]);
  });

  test("focal_depth_um is a number, or null without optics", () => {
    expect(truth.focal_depth_um).toBe(150);
    expect(new GroundTruth(truthData({ focal_depth_um: null })).focal_depth_um).toBeNull();
  });

  test("every field has a unit and a meaning", () => {
    for (const { unit, description } of Object.values(CORE_FIELDS)) {
      expect(unit).not.toBe("");
      expect(description).toMatch(/\.$/);
    }
  });
});

describe("accessors", () => {
  const cropOf = (stack: FootprintStack) => stack.toDense({ top: 2, left: 2, ...FOV });

  test("n_units counts the footprints", () => {
    expect(truth.n_units).toBe(UNITS);
  });

  test("depth_um is the first coordinate of the centres", () => {
    expect(truth.depth_um.shape).toEqual([UNITS]);
    expect([...truth.depth_um.data]).toEqual([0, 3, 6]);
  });

  test("A_planted is the planted footprints over the FOV, dense", () => {
    const { A_planted } = truth;
    expect(A_planted.shape).toEqual([UNITS, FOV.height, FOV.width]);
    expect(A_planted.data).toEqual(cropOf(truth.planted));
    // Unit 0 starts at (4, 5) of the canvas, which is (2, 3) of the FOV, with the value 1/6.
    expect(A_planted.get(0, 2, 3)).toBe(Math.fround(1 / 6));
    expect(A_planted.get(0, 1, 3)).toBe(0);
    // Unit 1 has its last pixel alone inside.
    expect(A_planted.get(1, 0, 0)).toBe(1);
  });

  test("A_observed is the blur of A_planted by the per-unit scalars", () => {
    const blurred = truth.planted.degrade([0.8, 0, 1.5], [0.5, 1, 0.25]);
    expect(truth.A_observed.shape).toEqual([UNITS, FOV.height, FOV.width]);
    expect(truth.A_observed.data).toEqual(cropOf(blurred));
    expect(truth.observed_footprints.data).toEqual(blurred.data);
    expect(truth.A_observed.data).not.toEqual(truth.A_planted.data);
  });

  test("A_observed blurs before it crops: light from beyond the edge is in it", () => {
    // Unit 1 is planted at rows and columns 0 to 2 of the canvas; only the last pixel is inside the FOV.
    const wide = truthData({ observed_sigma_px: nd(Float64Array.of(1, 1, 1), [UNITS]) });
    expect(new GroundTruth(wide).A_observed.get(1, 1, 1)).toBeGreaterThan(0);
    expect(truth.A_planted.get(1, 1, 1)).toBe(0);
  });

  test("A_observed is A_planted where no optics ran", () => {
    const bare = new GroundTruth(truthData({ observed_sigma_px: null, observed_gain: null }));
    expect(bare.A_observed.data).toEqual(bare.A_planted.data);
    expect(bare.observed_footprints).toBe(bare.planted);
  });

  test("dense forms are made once", () => {
    expect(truth.A_planted).toBe(truth.A_planted);
    expect(truth.A_observed).toBe(truth.A_observed);
  });
});

describe("detectableSubset", () => {
  const subset = truth.detectableSubset();

  test.each([...truth.fields.keys()])("slices %s by unit, or carries it over", (name) => {
    const whole = truth.field(name);
    const part = subset.field(name);
    if (whole.dims[0] !== "unit") {
      expect(part.array).toBe(whole.array);
      return;
    }
    const row = whole.array.data.length / UNITS;
    expect(part.shape).toEqual([2, ...whole.shape.slice(1)]);
    expect([...part.array.data]).toEqual([
      ...whole.array.data.slice(0, row),
      ...whole.array.data.slice(2 * row, 3 * row),
    ]);
    expect(part).toMatchObject({ dims: whole.dims, unit: whole.unit });
  });

  test("slices the footprints, observed as before", () => {
    expect(subset.n_units).toBe(2);
    expect(subset.planted.at(1)).toEqual(truth.planted.at(2));
    expect(subset.observed_footprints.at(1)).toEqual(truth.observed_footprints.at(2));
  });

  test("slices the lists of spike times", () => {
    expect(subset.spike_times_s).toEqual({
      offsets: Int32Array.of(0, 2, 5),
      data: Float64Array.of(1, 2, 3, 4, 5),
    });
    expect(takeRagged(truth.spike_times_s, [2, 1])).toEqual({
      offsets: Int32Array.of(0, 3, 3),
      data: Float64Array.of(3, 4, 5),
    });
  });

  test("carries the crop and the focus", () => {
    expect(subset.fov_offset).toEqual([2, 2]);
    expect(subset.fov_shape).toEqual([FOV.height, FOV.width]);
    expect(subset.focal_depth_um).toBe(150);
  });

  test("may be empty", () => {
    const none = new GroundTruth(
      truthData({ detectable: nd(new Uint8Array(UNITS), [UNITS]) }),
    ).detectableSubset();
    expect(none.n_units).toBe(0);
    expect(none.A_observed.shape).toEqual([0, FOV.height, FOV.width]);
    expect(none.C.shape).toEqual([0, FRAMES]);
  });

  test("subset takes any units, in the order given", () => {
    expect([...truth.subset([2, 0]).amplitude_per_cell.data]).toEqual([2, 0]);
  });
});

describe("refused", () => {
  const error = (changes: object): string => {
    try {
      new GroundTruth(truthData(changes));
    } catch (reason) {
      expect(reason).toBeInstanceOf(GroundTruthError);
      return (reason as Error).message;
    }
    return "accepted";
  };
  const replaced = (name: string, value: unknown) => ({
    step_fields: STEP_FIELDS.map((field) => (field.name === name ? { ...field, value } : field)),
  });
  const zeros = (...shape: number[]) =>
    nd(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape);

  test.each([
    ["unit", "S", zeros(2, FRAMES), 'S has 2 along "unit", but planted has 3'],
    ["frame", "shifts", zeros(5, 2), 'shifts has 5 along "frame", but C has 4'],
    [
      "height",
      "illumination",
      zeros(7, 9),
      'illumination has 7 along "height", but fov_shape has 8',
    ],
    ["width", "illumination", zeros(8, 8), 'illumination has 8 along "width", but fov_shape has 9'],
    [
      "component",
      "neuropil_spatial",
      zeros(3, 8, 9),
      'neuropil_spatial has 3 along "component", but neuropil_temporal has 2',
    ],
    ["axis_yx", "shifts", zeros(4, 3), 'shifts has 3 along "axis_yx", but their name has 2'],
    ["a step's own", "lamp", zeros(FRAMES + 1), 'lamp has 5 along "frame", but C has 4'],
  ])("a %s that disagrees names both fields", (_, name, array, message) => {
    const isOfStep = STEP_FIELDS.some((field) => field.name === name);
    expect(error(isOfStep ? replaced(name, array) : { [name]: array })).toBe(message);
  });

  test("another number of dimensions", () => {
    expect(error({ C: zeros(3) })).toBe("C must have dimensions (unit, frame), but has 1");
  });

  test.each([
    ["C", nd(new Float32Array(12), [3, 4]), "C: must be an ndarray of Float64Array"],
    ["C", [[1, 2]], "C: must be an ndarray of Float64Array"],
    ["detectable", zeros(3), "detectable: must be an ndarray of Uint8Array (0 or 1)"],
    ["planted", [], "planted: must be a FootprintStack"],
  ])("a wrong type of %s", (name, value, message) => {
    expect(error({ [name]: value })).toBe(message);
  });

  test("several at once, one line each", () => {
    const lines = error({ S: zeros(2, FRAMES), ...replaced("illumination", zeros(7, 9)) }).split(
      "\n",
    );
    expect(lines.length).toBe(2);
  });

  test("spike times of other units, or whose offsets do not divide the data", () => {
    const data = Float64Array.of(1, 2, 3, 4, 5);
    const ragged = (...offsets: number[]) => ({
      spike_times_s: { offsets: Int32Array.from(offsets), data },
    });
    expect(error(ragged(0, 2, 5))).toBe('spike_times_s has 2 along "unit", but planted has 3');
    const message = "spike_times_s: offsets must rise from 0 to the length of data";
    for (const offsets of [
      [1, 2, 3, 5],
      [0, 3, 2, 5],
      [0, 2, 3, 4],
    ]) {
      expect(error(ragged(...offsets))).toBe(message);
    }
  });

  test("a field that the scene does not have, and a name that is taken", () => {
    expect(error({ colour: 1 })).toBe(
      "colour: is no field of the scene; what steps leave goes into step_fields",
    );
    const [halo] = STEP_FIELDS.filter(({ name }) => name === "halo");
    expect(error({ step_fields: [halo, halo] })).toBe("halo: the name is taken");
    expect(error({ step_fields: [{ ...halo, name: "C" }] })).toBe("C: the name is taken");
  });
});

test("a ground truth is frozen", () => {
  expect(Object.isFrozen(truth)).toBe(true);
  expect(() => {
    (truth as { focal_depth_um: number | null }).focal_depth_um = 1;
  }).toThrow(TypeError);
});

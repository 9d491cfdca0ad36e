// GroundTruth row by row: each field as it goes in, the accessors that are made of them, and what is refused.
import { FootprintStack } from "@minisim/footprint";
import {
  FIELD_NAMES,
  GROUND_TRUTH_FIELDS,
  GroundTruth,
  GroundTruthError,
  nd,
  takeRagged,
} from "@minisim/recording";
import { describe, expect, test } from "vitest";
import { CANVAS, FOV, FRAMES, truthData, UNITS } from "./truth.ts";

const truth = new GroundTruth(truthData());

describe("fields", () => {
  test("are exactly those of the table, with planted, the crop, the focus, spike times and extras", () => {
    expect(Object.keys(truth).sort()).toEqual(
      [
        ...FIELD_NAMES,
        "planted",
        "fov_offset",
        "fov_shape",
        "focal_depth_um",
        "spike_times_s",
        "extra",
      ].sort(),
    );
  });

  const SHAPES = {
    C: [UNITS, FRAMES],
    S: [UNITS, FRAMES],
    centers_um: [UNITS, 3],
    amplitude_per_cell: [UNITS],
    in_focus: [UNITS],
    detectable: [UNITS],
    detection_snr: [UNITS],
    observed_sigma_px: [UNITS],
    observed_gain: [UNITS],
    shifts: [FRAMES, 2],
    illumination: [FOV.height, FOV.width],
    vignette: [FOV.height, FOV.width],
    leakage: [FOV.height, FOV.width],
    bleaching: [UNITS, FRAMES],
    neuropil_temporal: [2, FRAMES],
    neuropil_spatial: [2, FOV.height, FOV.width],
    neuropil_population: [FRAMES],
    vasculature_mask: [FOV.height, FOV.width],
    vessel_overlap_fraction: [UNITS],
  } as const;

  test.each(FIELD_NAMES)("%s has the dimensions and the type of the table", (name) => {
    const { dims, dtype } = GROUND_TRUTH_FIELDS[name];
    const array = truth[name]!;
    expect(array.shape).toEqual(SHAPES[name]);
    expect(array.shape.length).toBe(dims.length);
    expect(array.data).toBeInstanceOf(dtype === "bool" ? Uint8Array : Float64Array);
  });

  const REQUIRED = [
    "C",
    "S",
    "centers_um",
    "amplitude_per_cell",
    "in_focus",
    "detectable",
    "detection_snr",
  ];

  test.each(FIELD_NAMES)("%s may be null exactly where it belongs to one step", (name) => {
    const make = () => new GroundTruth(truthData({ [name]: null }));
    if (REQUIRED.includes(name)) expect(make).toThrow(`${name}: must be an ndarray of`);
    else expect(make()[name]).toBeNull();
  });

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
    for (const { unit, description } of Object.values(GROUND_TRUTH_FIELDS)) {
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

  test.each(FIELD_NAMES)("slices %s by unit, or carries it over", (name) => {
    const whole = truth[name]!;
    const part = subset[name]!;
    if (GROUND_TRUTH_FIELDS[name].dims[0] !== "unit") {
      expect(part).toBe(whole);
      return;
    }
    const row = whole.data.length / UNITS;
    expect(part.shape).toEqual([2, ...whole.shape.slice(1)]);
    expect([...part.data]).toEqual([
      ...whole.data.slice(0, row),
      ...whole.data.slice(2 * row, 3 * row),
    ]);
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

  test("slices extra fields by unit, and carries the others", () => {
    expect([...subset.extra.halo!.array.data]).toEqual([0, 1, 4, 5]);
    expect(subset.extra.halo).toMatchObject({ dims: ["unit", "ring"], unit: "px" });
    expect(subset.extra.lamp).toBe(truth.extra.lamp);
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
  const zeros = (...shape: number[]) =>
    nd(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape);

  test.each([
    ["unit", "S", zeros(2, FRAMES), 'S has 2 along "unit", but planted has 3'],
    ["frame", "shifts", zeros(5, 2), 'shifts has 5 along "frame", but C has 4'],
    ["height", "vignette", zeros(7, 9), 'vignette has 7 along "height", but fov_shape has 8'],
    ["width", "leakage", zeros(8, 8), 'leakage has 8 along "width", but fov_shape has 9'],
    [
      "component",
      "neuropil_spatial",
      zeros(3, 8, 9),
      'neuropil_spatial has 3 along "component", but neuropil_temporal has 2',
    ],
    ["axis_yx", "shifts", zeros(4, 3), 'shifts has 3 along "axis_yx", but their name has 2'],
  ])("a %s that disagrees names both fields", (_, name, array, message) => {
    expect(error({ [name]: array })).toBe(message);
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
    const lines = error({ S: zeros(2, FRAMES), vignette: zeros(7, 9) }).split("\n");
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

  test("an extra field that disagrees with the others", () => {
    const array = zeros(FRAMES + 1);
    const lamp = { dims: ["frame"], unit: "1", description: "Flicker.", array };
    expect(error({ extra: { lamp } })).toBe('lamp has 5 along "frame", but C has 4');
  });

  test("a field that is not in the table", () => {
    expect(error({ colour: 1 })).toContain("colour");
  });
});

test("a ground truth is frozen", () => {
  expect(Object.isFrozen(truth)).toBe(true);
  expect(() => {
    (truth as { focal_depth_um: number | null }).focal_depth_um = 1;
  }).toThrow(TypeError);
});

// finalize row by row: what of a scene reaches the recording, and in which frame of reference.
import { finalize, groundTruth } from "@minisim/finalize";
import { slots } from "@minisim/pipeline";
import { describe, expect, test } from "vitest";
import { activityOf, cellAt, FOV, FRAMES, MARGIN, opticsOf, planOf } from "./plans.ts";

// Canvas 12 × 14, FOV rows 3 to 8 and columns 3 to 10.
const inside = cellAt(5, 6);
const marginOnly = cellAt(0, 0, 2, 2);
const straddling = cellAt(1, 4, 3, 1);
const cells = [marginOnly, inside, straddling];
const TRACES = [
  [9, 9, 9, 9],
  [1, 2, 3, 4],
  [5, 6, 7, 8],
];

describe("cells", () => {
  const times = [[0.1], [0.2, 0.3], [0.4]];
  const truth = groundTruth(
    planOf({
      cells,
      domain: "cell",
      truth: { bleaching: { dims: ["unit", "frame"], unit: "1", description: "Intact." } },
      compile: () => ({
        put: [
          slots.activity.of(activityOf(TRACES, times)),
          slots.optics.of(opticsOf(1, 2, 3)),
          slots.focal_depth_um.of(120),
        ],
        truth: { bleaching: Float64Array.from(TRACES.flat(), (v) => v / 10) },
      }),
    }),
  );

  test("that lie in the margin alone are dropped, and those that reach into view are kept", () => {
    expect(truth.n_units).toBe(2);
  });

  test("keep their canvas coordinates; the crop is said beside them", () => {
    expect(truth.planted.canvas).toEqual({ height: 12, width: 14 });
    expect([...truth.planted.offsets]).toEqual([5, 6, 1, 4]);
    expect(truth.fov_offset).toEqual([MARGIN, MARGIN]);
    expect(truth.fov_shape).toEqual([FOV.height, FOV.width]);
    // Rows 1 and 2 of the straddling cell are beyond the edge.
    expect([...truth.A_planted.data.slice(48)].filter((value) => value > 0)).toEqual([1]);
    expect(truth.A_planted.get(1, 0, 1)).toBe(1);
  });

  test("keep the positions of their centres, from the optical axis", () => {
    expect([...truth.centers_um.data]).toEqual([...inside.position_um, ...straddling.position_um]);
  });

  test("keep their own traces, spikes, gains, spike times and effects", () => {
    expect([...truth.C.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...truth.S.data]).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]);
    expect([...truth.amplitude_per_cell.data]).toEqual([2, 3]);
    expect(truth.spike_times_s).toEqual({
      offsets: Int32Array.of(0, 2, 3),
      data: Float64Array.of(0.2, 0.3, 0.4),
    });
    expect([...truth.bleaching!.data]).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]);
  });

  test("carry the two scalars of the optics in place of observed footprints", () => {
    expect([...truth.observed_sigma_px!.data]).toEqual([1.5, 2.5]);
    expect([...truth.observed_gain!.data]).toEqual([1 / 2, 1 / 3]);
    expect([...truth.in_focus.data]).toEqual([1, 0]);
    expect(truth.focal_depth_um).toBe(120);
  });

  test("whose pixels in view are all dark are dropped as well", () => {
    const dark = { ...inside, planted: { ...inside.planted, data: Float32Array.of(0) } };
    expect(groundTruth(planOf({ cells: [dark, inside] })).n_units).toBe(1);
  });

  test("may all be gone", () => {
    const none = groundTruth(planOf({ cells: [marginOnly] }));
    expect(none.n_units).toBe(0);
    expect(none.C.shape).toEqual([0, FRAMES]);
    expect(none.centers_um.shape).toEqual([0, 3]);
  });
});

describe("effects that are absent", () => {
  const truth = groundTruth(planOf({ cells: [inside] }));

  test.each([
    "observed_sigma_px",
    "observed_gain",
    "shifts",
    "illumination",
    "vignette",
    "leakage",
    "bleaching",
    "neuropil_temporal",
    "neuropil_spatial",
    "neuropil_population",
    "vasculature_mask",
    "vessel_overlap_fraction",
    "focal_depth_um",
  ] as const)("leave %s null", (name) => {
    expect(truth[name]).toBeNull();
  });

  test("leave traces and spikes 0, the gain unknown, and no spike times", () => {
    expect([...truth.C.data]).toEqual([0, 0, 0, 0]);
    expect([...truth.S.data]).toEqual([0, 0, 0, 0]);
    expect([...truth.amplitude_per_cell.data]).toEqual([Number.NaN]);
    expect(truth.spike_times_s).toEqual({
      offsets: Int32Array.of(0, 0),
      data: new Float64Array(0),
    });
  });

  test("leave every cell in focus, and none detectable without a trace", () => {
    expect([...truth.in_focus.data]).toEqual([1]);
    expect([...truth.detectable.data]).toEqual([0]);
  });
});

describe("fields of the canvas", () => {
  const ramp = (n: number) => Float64Array.from({ length: n * 12 * 14 }, (_, i) => i);
  const declared = (...dims: string[]) => ({ dims, unit: "1", description: "A field for tests." });

  test("are cropped to the FOV, each component of them", () => {
    const truth = groundTruth(
      planOf({
        truth: {
          vasculature_mask: declared("canvas_height", "canvas_width"),
          neuropil_spatial: declared("component", "canvas_height", "canvas_width"),
        },
        compile: () => ({ truth: { vasculature_mask: ramp(1), neuropil_spatial: ramp(2) } }),
      }),
    );
    const { vasculature_mask: mask, neuropil_spatial: spatial } = truth;
    expect(mask!.shape).toEqual([FOV.height, FOV.width]);
    expect(mask!.get(0, 0)).toBe(3 * 14 + 3);
    expect(mask!.get(5, 7)).toBe(8 * 14 + 10);
    expect(spatial!.shape).toEqual([2, FOV.height, FOV.width]);
    expect(spatial!.get(1, 2, 1)).toBe(12 * 14 + 5 * 14 + 4);
  });

  test("are kept as their step declares them, cells and crop as everywhere", () => {
    const truth = groundTruth(
      planOf({
        cells,
        truth: {
          halo: declared("canvas_height", "canvas_width"),
          rings: declared("unit", "ring"),
        },
        compile: () => ({ truth: { halo: ramp(1), rings: Float64Array.of(1, 2, 3, 4, 5, 6) } }),
      }),
    );
    expect(truth.field("halo")).toMatchObject({
      dims: ["height", "width"],
      unit: "1",
      description: "A field for tests.",
    });
    expect(truth.get("halo")!.get(0, 0)).toBe(3 * 14 + 3);
    expect(truth.field("rings").dims).toEqual(["unit", "ring"]);
    expect([...truth.get("rings")!.data]).toEqual([3, 4, 5, 6]);
  });

  test("must have the canvas last", () => {
    const plan = planOf({
      truth: { odd: declared("canvas_height", "canvas_width", "component") },
      compile: () => ({ truth: { odd: ramp(1) } }),
    });
    expect(() => groundTruth(plan)).toThrow(
      'Canvas dimensions must be the last two of the truth field "odd".',
    );
  });

  test("may not take the name of what finalize makes", () => {
    const plan = planOf({
      truth: { C: declared("frame") },
      compile: () => ({ truth: { C: new Float64Array(FRAMES) } }),
    });
    expect(() => groundTruth(plan)).toThrow("C: the name is taken");
  });
});

describe("the movie", () => {
  const size = FRAMES * FOV.height * FOV.width;
  const counts = Uint8Array.from({ length: size }, (_, i) => i % 256);
  const shape = [FRAMES, FOV.height, FOV.width];

  test.each([
    ["float32", Float32Array],
    ["float64", Float64Array],
  ] as const)("is kept in %s, count for count", (store_dtype, Type) => {
    const { observed } = finalize(planOf({ store_dtype }), { data: counts, frames: FRAMES });
    expect(observed.data).toBeInstanceOf(Type);
    expect(observed.shape).toEqual(shape);
    expect([...observed.data]).toEqual([...counts]);
  });

  test("that is float32 already is not copied", () => {
    const data = new Float32Array(size);
    expect(finalize(planOf({}), { data, frames: FRAMES }).observed.data).toBe(data);
  });

  test("without frames is (0, height, width), the truth complete", () => {
    const plan = planOf({ cells });
    const recording = finalize(plan, { data: new Float32Array(0), frames: 0 });
    expect(recording.observed.shape).toEqual([0, FOV.height, FOV.width]);
    expect(recording.ground_truth.n_units).toBe(2);
    expect(recording.ground_truth.C.shape).toEqual([2, FRAMES]);
  });

  test("comes with the spec, the warnings and what was kept on the way", () => {
    const plan = planOf({
      compile({ warn }) {
        warn("odd", "Odd.");
        return {};
      },
    });
    const source = { stages: [], render: () => Promise.reject(new Error("unused")) };
    const recording = finalize(plan, { data: counts, frames: FRAMES }, { snapshots: {}, source });
    expect(recording.spec).toBe(plan.spec);
    expect(recording.warnings.map(({ code }) => code)).toEqual(["odd"]);
  });
});

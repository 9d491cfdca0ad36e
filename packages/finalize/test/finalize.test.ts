// finalize row by row: what of a scene reaches the recording, and in which frame of reference.
import { finalize, groundTruth } from "@minisim/finalize";
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
      compile({ scene, truth }) {
        scene.cells.activity = activityOf(TRACES, times);
        scene.cells.optics = opticsOf(1, 2, 3);
        scene.focal_depth_um = 120;
        Object.assign(truth, { bleaching: Float64Array.from(TRACES.flat(), (v) => v / 10) });
      },
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
        compile: ({ truth }) =>
          void Object.assign(truth, { vasculature_mask: ramp(1), neuropil_spatial: ramp(2) }),
      }),
    );
    const { vasculature_mask: mask, neuropil_spatial: spatial } = truth;
    expect(mask!.shape).toEqual([FOV.height, FOV.width]);
    expect(mask!.get(0, 0)).toBe(3 * 14 + 3);
    expect(mask!.get(5, 7)).toBe(8 * 14 + 10);
    expect(spatial!.shape).toEqual([2, FOV.height, FOV.width]);
    expect(spatial!.get(1, 2, 1)).toBe(12 * 14 + 5 * 14 + 4);
  });

  test("of a step that nobody knows are kept beside the others, cells and crop as everywhere", () => {
    const truth = groundTruth(
      planOf({
        cells,
        truth: {
          halo: declared("canvas_height", "canvas_width"),
          rings: declared("unit", "ring"),
        },
        compile: ({ truth }) =>
          void Object.assign(truth, { halo: ramp(1), rings: Float64Array.of(1, 2, 3, 4, 5, 6) }),
      }),
    );
    expect(truth.extra.halo).toMatchObject({
      dims: ["height", "width"],
      unit: "1",
      description: "A field for tests.",
    });
    expect(truth.extra.halo!.array.get(0, 0)).toBe(3 * 14 + 3);
    expect(truth.extra.rings!.dims).toEqual(["unit", "ring"]);
    expect([...truth.extra.rings!.array.data]).toEqual([3, 4, 5, 6]);
  });

  test("must have the canvas last", () => {
    const plan = planOf({
      truth: { odd: declared("canvas_height", "canvas_width", "component") },
      compile: ({ truth }) => void Object.assign(truth, { odd: ramp(1) }),
    });
    expect(() => groundTruth(plan)).toThrow(
      "Canvas dimensions must be the last two of a truth field.",
    );
  });

  test("may not take the name of what finalize makes", () => {
    const plan = planOf({
      truth: { C: declared("frame") },
      compile: ({ truth }) => void Object.assign(truth, { C: new Float64Array(FRAMES) }),
    });
    expect(() => groundTruth(plan)).toThrow('A step may not assign the truth field "C".');
  });
});

describe("detectability", () => {
  const exposure = { photons_per_unit: 10, quantum_efficiency: 0.5, read_noise_e: 2 };
  const field = (value: number) => ({ ...FOV, data: new Float64Array(48).fill(value) });
  const snrOf = (scenario: Parameters<typeof planOf>[0], trace = [1, 2, 3, 4]) =>
    groundTruth(
      planOf({
        cells: [inside],
        announce: { exposure },
        ...scenario,
        compile(context) {
          context.scene.cells.activity = activityOf([trace]);
          scenario.compile?.(context);
        },
      }),
    );
  const snr = (scenario: Parameters<typeof planOf>[0]) => snrOf(scenario).detection_snr.data[0];

  test("is ΔF·g / √(base·g + read²)", () => {
    // ΔF = 3, base = 1, g = 5: 15 / √(5 + 4) = 5, without optics, fields or vessels.
    expect(snr({})).toBe(5);
    expect([...snrOf({}).detectable.data]).toEqual([1]);
  });

  test("counts brightness, excitation, collection and transmission into g", () => {
    // g = 5 · 0.8 · 0.5 · 0.5 · 0.5 = 0.5: 1.5 / √4.5.
    const shaded = snr({
      announce: { exposure, excitation: field(0.5), collection: field(0.5) },
      compile({ scene }) {
        scene.cells.optics = opticsOf(0.8);
        scene.occlude(new Float64Array(12 * 14).fill(0.5));
      },
    });
    // three products and a root in float64
    expect(Math.abs(shaded! / (1.5 / Math.sqrt(4.5)) - 1)).toBeLessThan(1e-12);
  });

  test("reads excitation and transmission at the cell's own pixel", () => {
    const excitation = field(0);
    excitation.data[2 * 8 + 3] = 1;
    const transmission = new Float64Array(12 * 14);
    transmission[5 * 14 + 6] = 1;
    const compile = ({ scene }: { scene: { occlude(field: Float64Array): void } }) =>
      scene.occlude(transmission);
    expect(snr({ announce: { exposure, excitation }, compile })).toBe(5);
  });

  test("is reached at an SNR of 3 and missed below it", () => {
    // base 0: SNR = ΔF · 5 / 2, so 3 at ΔF = 1.2; the threshold itself counts.
    const snrAt = (peak: number) => snrOf({}, [0, peak, 0, 0]);
    expect(snrAt(1.2).detection_snr.data[0]).toBe(3);
    expect([...snrAt(1.2).detectable.data]).toEqual([1]);
    expect([...snrAt(1.19).detectable.data]).toEqual([0]);
  });

  test("is certain without any noise, and nothing without a rise", () => {
    const quiet = { announce: { exposure: { ...exposure, read_noise_e: 0 } } };
    expect(snrOf(quiet, [0, 1, 0, 0]).detection_snr.data[0]).toBe(Number.POSITIVE_INFINITY);
    expect(snrOf(quiet, [2, 2, 2, 2]).detection_snr.data[0]).toBe(0);
  });

  test("without a sensor is being in focus, with no SNR", () => {
    const truth = groundTruth(
      planOf({
        cells: [inside, straddling],
        compile({ scene }) {
          scene.cells.activity = activityOf(TRACES.slice(1));
          scene.cells.optics = opticsOf(1, 1);
        },
      }),
    );
    expect([...truth.detectable.data]).toEqual([0, 1]);
    expect([...truth.detection_snr.data]).toEqual([Number.NaN, Number.NaN]);
  });

  test("without a trace is false, with an SNR of 0", () => {
    const truth = groundTruth(planOf({ cells: [inside], announce: { exposure } }));
    expect([...truth.detectable.data]).toEqual([0]);
    expect([...truth.detection_snr.data]).toEqual([0]);
  });
});

describe("vessel_overlap_fraction", () => {
  const overlap = (transmission: (row: number, col: number) => number) => {
    const plan = planOf({
      cells: [cellAt(5, 6, 1, 2), straddling],
      compile: ({ scene }) =>
        scene.occlude(
          Float64Array.from({ length: 12 * 14 }, (_, i) =>
            transmission(Math.floor(i / 14), i % 14),
          ),
        ),
    });
    return [...groundTruth(plan).vessel_overlap_fraction!.data];
  };

  test("is the share of the cell's light that the vessels take, on the canvas", () => {
    // Cell 0 loses all of one of two pixels; cell 1 half of one of three, the one beyond the FOV.
    const mask = (row: number, col: number) => {
      if (row === 5 && col === 7) return 0;
      return row === 1 ? 0.5 : 1;
    };
    // one division and one subtraction in float64
    expect(overlap(mask)[0]).toBeCloseTo(0.5, 12);
    expect(overlap(mask)[1]).toBeCloseTo(1 / 6, 12);
  });

  test("is 0 in the open", () => {
    expect(overlap(() => 1)).toEqual([0, 0]);
  });

  test("is of the observed light where optics ran", () => {
    const plan = planOf({
      cells: [cellAt(5, 6)],
      compile({ scene }) {
        scene.cells.optics = { ...opticsOf(1), sigma_px: Float64Array.of(1) };
        scene.occlude(Float64Array.from({ length: 168 }, (_, i) => (i === 5 * 14 + 6 ? 0 : 1)));
      },
    });
    const [fraction] = groundTruth(plan).vessel_overlap_fraction!.data;
    const { data } = plan.scene.cells.observed.at(0);
    const total = data.reduce((sum, value) => sum + value, 0);
    // Sums of about fifty float32 values.
    expect(fraction).toBeCloseTo(Math.max(...data) / total, 5);
    expect(fraction).toBeLessThan(0.2);
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
    const plan = planOf({ compile: ({ warn }) => warn("odd", "Odd.") });
    const source = { stages: [], render: () => Promise.reject(new Error("unused")) };
    const recording = finalize(plan, { data: counts, frames: FRAMES }, { snapshots: {}, source });
    expect(recording.spec).toBe(plan.spec);
    expect(recording.warnings.map(({ code }) => code)).toEqual(["odd"]);
  });
});

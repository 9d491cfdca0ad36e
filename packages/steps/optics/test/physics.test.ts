// What the step leaves: a focal plane, and four numbers a cell that are the optics package's own.

import { cellOptics, curvatureShiftUm, depthOfFieldUm } from "@minisim/optics";
import {
  defineStep,
  denseSeries,
  facts,
  observedFootprints,
  rowOf,
  slots,
} from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { createSimulator } from "@minisim/simulator";
import { optics } from "@minisim/step-optics";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { blurCourse } from "../src/blur-course.ts";

const FRAMES = 4;
const cells = defineStep({
  kind: "cells",
  revision: 1,
  domain: "cell",
  before: ["optics"],
  summary: "Cells where a test wants them.",
  sources: [],
  params: z.strictObject({
    positions: z.array(z.tuple([z.number(), z.number(), z.number()])).default([]),
    peaks: z.array(z.number()).nullable().default(null),
    exposure: z.boolean().default(false),
  }),
  announce: ({ params }) =>
    params.exposure
      ? facts.exposure.of(
          exposureWith({ photons_per_unit: 100, quantum_efficiency: 1, read_noise_e: 2 }),
        )
      : [],
  compile({ params: { positions, peaks } }) {
    const planted = { row: 8, col: 8, height: 1, width: 1, data: Float32Array.of(1) };
    const cells = slots.cells.of(
      positions.map((position_um, i) => ({ key: [i], position_um, planted })),
    );
    if (!peaks) return { put: cells };
    const activity = {
      C: Float64Array.from(peaks.flatMap((peak) => [0, peak, 0, 0])),
      S: new Float64Array(peaks.length * FRAMES),
      amplitude: new Float64Array(peaks.length),
      spike_times_s: { offsets: new Int32Array(peaks.length + 1), data: new Float64Array(0) },
    };
    return { put: [cells, slots.activity.of(activity)] };
  },
});
const { compile } = createSimulator({ steps: [cells, optics] });
const LENS = { na: 0.3, magnification: 4, field_curvature_radius_um: 2500 };
type Position = [number, number, number];

const sceneOf = (
  positions: Position[],
  { focal = "auto" as number | "auto", peaks = null as number[] | null, exposure = false } = {},
) =>
  compile({
    acquisition: {
      fps: 2,
      duration_s: FRAMES / 2,
      optics: LENS,
      image_sensor: { n_px_height: 17, n_px_width: 17, pixel_pitch_um: 8 },
      focal_depth_in_tissue_um: focal,
    },
    steps: [{ kind: "optics" }, { kind: "cells", positions, peaks, exposure }],
  });

describe("the focal plane", () => {
  const deep: Position[] = [
    [100, 0, 0],
    [120, 0, 0],
    [300, 0, 0],
  ];

  test("is the given depth", () => {
    expect(sceneOf(deep, { focal: 42 }).scene.get(slots.focal_depth_um)).toBe(42);
  });

  test("on auto without a sensor is the median effective depth", () => {
    expect(sceneOf(deep).scene.get(slots.focal_depth_um)).toBe(120);
    // Off the axis the focus is shallower by the sagitta: the plane must lie deeper to reach the cell.
    const aside = sceneOf([[100, 60, 80]]).scene.get(slots.focal_depth_um);
    expect(aside).toBeCloseTo(100 + curvatureShiftUm(100, 2500), 12);
  });

  test("on auto with a sensor is where most cells can be detected", () => {
    // Two shallow cells outvote the bright deep one.
    const peaks = [6, 6, 20];
    const focal_depth_um = sceneOf(deep, { peaks, exposure: true }).scene.get(slots.focal_depth_um);
    expect(focal_depth_um).toBeGreaterThanOrEqual(100);
    expect(focal_depth_um).toBeLessThanOrEqual(130);
  });

  test("without cells is the surface", () => {
    expect(sceneOf([]).scene.get(slots.focal_depth_um)).toBe(0);
  });
});

describe("each cell", () => {
  const positions: Position[] = [
    [90, 0, 0],
    [103, 0, 0],
    [150, 120, -160],
  ];
  const { scene, spec } = sceneOf(positions, { focal: 100 });
  const { optics: lens, tissue } = spec.acquisition;

  test("has the blur and gain of its depth and field radius", () => {
    for (const [i, [z_um, y, x]] of positions.entries()) {
      const focal_um = 100 - curvatureShiftUm(Math.sqrt(y * y + x * x), 2500);
      const expected = cellOptics({ z_um, focal_um, optics: lens, tissue, pixel_size_um: 2 });
      const { sigma_px, gain } = scene.get(slots.optics)!;
      const found = { sigma_px: sigma_px[i], gain: gain[i] };
      expect(found).toEqual(expected);
    }
  });

  test("is in focus within the depth of field of the curved focal surface", () => {
    // ± 3.88 µm at NA 0.3; the third cell lies 50 µm below a focus that is 8 µm shallower there.
    expect(depthOfFieldUm(lens, tissue)).toBeCloseTo((1.33 * 0.525) / 0.18, 12);
    expect([...scene.get(slots.optics)!.in_focus]).toEqual([0, 1, 0]);
  });

  test("is blurred by the distance from the focus of each frame, whoever moves it", () => {
    const drift = denseSeries(Float64Array.of(0, 10, -25, 3.5), FRAMES);
    const mover = defineStep({
      kind: "z_drift",
      revision: 1,
      domain: "motion",
      summary: "Somebody else's drift of the focus.",
      sources: [],
      params: z.strictObject({}),
      announce: () => facts.focus_shift_um.of(drift),
      compile() {},
    });
    const moved = createSimulator({ steps: [cells, optics, mover] }).compile({
      ...spec,
      steps: [...spec.steps, { kind: "z_drift" }],
    }).scene;
    const { sigma_course_px, ...rest } = moved.get(slots.optics)!;
    expect(rest).toEqual(scene.get(slots.optics));
    expect(observedFootprints(moved).data).toEqual(observedFootprints(scene).data);
    for (const [i, [z_um, y, x]] of positions.entries()) {
      const focal_um = 100 - curvatureShiftUm(Math.sqrt(y * y + x * x), 2500);
      const sigmas = [0, 10, -25, 3.5].map((shift) => {
        const view = { z_um, focal_um: focal_um + shift, optics: lens, tissue, pixel_size_um: 2 };
        return cellOptics(view).sigma_px;
      });
      expect([...rowOf(sigma_course_px!, i)]).toEqual(sigmas);
      expect(sigmas[0]).toBe(rest.sigma_px[i]);
    }
    // A focus that goes deeper blurs what lies above it.
    const [above] = positions.keys();
    expect(rowOf(sigma_course_px!, above!)[1]).toBeGreaterThan(rest.sigma_px[above!]!);
  });

  test("is observed as gain times the blur of its planted footprint", () => {
    const { sigma_px, gain } = scene.get(slots.optics)!;
    const { planted } = scene.get(slots.cells);
    const observed = observedFootprints(scene);
    expect(observed.data).toEqual(planted.degrade(sigma_px, gain).data);
  });
});

describe("the blur of a focus that shifts", () => {
  test("has the smallest and the largest value that can be read of it", () => {
    // µm: on both sides of the cells, on one side alone, and through a cell to the last digit.
    const shifts = [
      Float64Array.from({ length: 40 }, (_, t) => ((t * 17) % 40) - 20.3),
      Float64Array.from({ length: 40 }, (_, t) => 30 + ((t * 7) % 40) / 3),
      Float64Array.of(0.1, 0.30000000000000004, 0.3, -0.1, 0.2, 0.3),
      Float64Array.of(5),
    ];
    const { optics: lens, tissue } = sceneOf([]).spec.acquisition;
    for (const shift of shifts) {
      const views = [0, 3.3, 30.1, 130, 130.3, 129.70000000000002].map((z_um) => ({
        z_um,
        focal_um: 130,
        optics: lens,
        tissue,
        pixel_size_um: 2,
      }));
      const course = blurCourse(views, denseSeries(shift, shift.length));
      for (const cell of views.keys()) {
        const values = rowOf(course, cell);
        expect(course.extremes!(cell)).toEqual([Math.min(...values), Math.max(...values)]);
      }
    }
  });
});

// The preview's window is the middle of the full recording where it can be.

import type { Field as Field2D } from "@minisim/pipeline";
import type { Spec as SpecType } from "@minisim/spec";
import { builtinSteps, compile, facts, Spec, slots } from "minisim";
import { expect, test } from "vitest";
import { createField, type Field } from "../src/engine/focus.ts";
import { scaleByUnit } from "../src/engine/per-volume.ts";
import { windowed } from "../src/engine/window.ts";
import { DEFAULT_LIMITS, type WindowLimits } from "../src/engine/window-limits.ts";
import { smallSpec } from "./specs.ts";

const schema = Spec.jsonSchema();
const field = createField(builtinSteps, schema);
const unknown: Field = { cellsPerUm2: () => 0, focus: () => null };
const limits = { ...DEFAULT_LIMITS, side: 64, frames: 20, cells: 1e9 };

const windowSpec = (spec: SpecType, of: WindowLimits, known: Field) =>
  windowed(spec, of, known).spec;

test("it is a valid spec of the wanted size", () => {
  const small = windowSpec(smallSpec(), limits, field);
  expect(Spec.safeParse(small).ok).toBe(true);
  expect(small.acquisition.image_sensor).toMatchObject({ n_px_height: 64, n_px_width: 64 });
  expect(small.acquisition.duration_s * small.acquisition.fps).toBe(20);
});

test("of a window of the sensor it is the middle, on the sensor and in the focus of the whole", () => {
  const spec = smallSpec();
  const window = { top: 0, left: 20, height: 100, width: 40 };
  const { acquisition } = windowSpec(
    { ...spec, acquisition: { ...spec.acquisition, window } },
    limits,
    { ...unknown, focus: () => 99 },
  );
  expect(acquisition.window).toEqual({ top: 18, left: 20, height: 64, width: 40 });
  expect(acquisition.image_sensor).toEqual(spec.acquisition.image_sensor);
  expect(acquisition.focal_depth_in_tissue_um).toBe(spec.acquisition.focal_depth_in_tissue_um);
});

test("a recording that is small already is left as it is", () => {
  const spec = smallSpec();
  const { acquisition, steps } = windowSpec(
    spec,
    { side: 256, frames: 1000, cells: 1e9, place: null },
    { ...unknown, focus: () => 99 },
  );
  expect(acquisition).toEqual(spec.acquisition);
  expect(steps.filter(({ kind }) => kind !== "leakage")).toEqual(
    spec.steps.filter(({ kind }) => kind !== "leakage"),
  );
});

test.each([[[0, 0]], [[30, -12]]])(
  "lamp and lens, centred at %j, are those of the middle",
  (center_offset_um) => {
    const spec = smallSpec();
    const moved = {
      ...spec,
      steps: spec.steps.map((step) =>
        "center_offset_um" in step ? { ...step, center_offset_um } : step,
      ),
    } as SpecType;
    const full = compile(moved).scene;
    const small = compile(windowSpec(moved, limits, unknown)).scene;
    for (const fact of [facts.excitation, facts.collection]) {
      const [whole] = full.get(fact) as Field2D[];
      const [part] = small.get(fact) as Field2D[];
      for (const [row, col] of [
        [0, 0],
        [0, 63],
        [31, 32],
        [63, 10],
      ] as const) {
        // The falloff of the window is rounded to 1e-9.
        expect(part!.data[row * 64 + col]).toBeCloseTo(
          whole!.data[(row + 32) * 128 + col + 32]!,
          8,
        );
      }
    }
  },
);

test("more cells than the budget make it smaller, to a quarter at least", () => {
  const side = (cells: number) =>
    windowSpec(smallSpec(), { ...limits, cells }, field).acquisition.image_sensor.n_px_height;
  expect(side(1e9)).toBe(64);
  expect(side(5)).toBeLessThan(64);
  expect(side(0)).toBe(16);
});

test("cells are counted as they stand, drawn or given", () => {
  const spec = smallSpec();
  const sideUm =
    (128 * spec.acquisition.image_sensor.pixel_pitch_um) / spec.acquisition.optics.magnification;
  const given = {
    ...spec,
    steps: spec.steps.map((step) =>
      step.kind === "place_neurons"
        ? {
            ...step,
            populations: null,
            positions_um: [
              [100, 0, 0],
              [100, 9, 9],
              [100, 5000, 0],
            ],
          }
        : step,
    ),
  } as unknown as SpecType;
  // 30 000 per mm³ over 30 µm; a patch of some forty cells, rounded to whole ones.
  expect(field.cellsPerUm2(spec)).toBeCloseTo(30_000e-9 * 30, 4);
  expect(field.cellsPerUm2(given)).toBeGreaterThan(1 / (sideUm * sideUm) / 10);
  expect(field.cellsPerUm2(given)).toBeLessThan(field.cellsPerUm2(spec));
});

test("its automatic focus is the one of the full field", () => {
  const { acquisition, ...rest } = smallSpec();
  const spec: SpecType = {
    ...rest,
    acquisition: { ...acquisition, focal_depth_in_tissue_um: "auto" },
  };
  const focus = field.focus(spec)!;
  const full = compile(spec).scene.get(slots.focal_depth_um)!;
  const { na, emission_nm } = spec.acquisition.optics;
  // Fewer cells, coarser light: nearer than anyone can see, which is the depth of field.
  expect(Math.abs(focus - full)).toBeLessThan((1.33 * emission_nm) / 1000 / (2 * na * na));
  expect(windowSpec(spec, limits, field).acquisition.focal_depth_in_tissue_um).toBe(focus);
  const given = { ...spec, acquisition: { ...acquisition, focal_depth_in_tissue_um: 90 } };
  expect(field.focus(given)).toBeNull();
});

test("numbers are found by their unit; a list of parts stands for the step's own", () => {
  const spec = smallSpec();
  const density = (one: SpecType) =>
    (one.steps[0] as unknown as { populations: { density_per_mm3: number }[] }).populations[0]!
      .density_per_mm3;
  const half = scaleByUnit(spec, schema, "1/mm³", 0.5);
  expect(density(half)).toBe(density(spec) / 2);
  expect(Spec.safeParse(half).ok).toBe(true);
  expect(half.steps.slice(1)).toEqual(spec.steps.slice(1));
});

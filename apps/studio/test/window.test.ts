// The preview's window is the middle of the full recording where it can be.

import type { Spec as SpecType } from "@minisim/spec";
import { builtinSteps, compile, Spec } from "minisim";
import { expect, test } from "vitest";
import { fieldFocus } from "../src/engine/focus.ts";
import { DEFAULT_LIMITS, windowSpec } from "../src/engine/window.ts";
import { smallSpec } from "./specs.ts";

const limits = { ...DEFAULT_LIMITS, side: 64, frames: 20, cells: 1e9 };

test("it is a valid spec of the wanted size", () => {
  const small = windowSpec(smallSpec(), limits);
  expect(Spec.safeParse(small).ok).toBe(true);
  expect(small.acquisition.image_sensor).toMatchObject({ n_px_height: 64, n_px_width: 64 });
  expect(small.acquisition.duration_s * small.acquisition.fps).toBe(20);
});

test("a recording that is small already is left as it is", () => {
  const spec = smallSpec();
  const { acquisition, steps } = windowSpec(spec, { side: 256, frames: 1000, cells: 1e9 }, 99);
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
    const full = compile(moved).facts;
    const small = compile(windowSpec(moved, limits)).facts;
    for (const name of ["excitation", "collection"] as const) {
      const [whole, part] = [full[name]!, small[name]!];
      for (const [row, col] of [
        [0, 0],
        [0, 63],
        [31, 32],
        [63, 10],
      ] as const) {
        // The falloff of the window is rounded to 1e-9.
        expect(part.data[row * 64 + col]).toBeCloseTo(whole.data[(row + 32) * 128 + col + 32]!, 8);
      }
    }
  },
);

test("more cells than the budget make it smaller, to a quarter at least", () => {
  const side = (cells: number) =>
    windowSpec(smallSpec(), { ...limits, cells }).acquisition.image_sensor.n_px_height;
  expect(side(1e9)).toBe(64);
  expect(side(5)).toBeLessThan(64);
  expect(side(0)).toBe(16);
});

test("its focus is the one of the full field", () => {
  const spec = smallSpec();
  const { frames } = limits;
  const focus = fieldFocus(spec, frames, builtinSteps, compile)!;
  const full = compile({
    ...spec,
    acquisition: { ...spec.acquisition, duration_s: frames / spec.acquisition.fps },
  }).scene.focal_depth_um!;
  // Rounded to a tenth of a µm.
  expect(Math.abs(focus - full)).toBeLessThanOrEqual(0.05 + 1e-9);
  expect(windowSpec(spec, limits, focus).acquisition.focal_depth_in_tissue_um).toBe(focus);
  const given = { ...spec, acquisition: { ...spec.acquisition, focal_depth_in_tissue_um: 90 } };
  expect(fieldFocus(given, frames, builtinSteps, compile)).toBeNull();
});

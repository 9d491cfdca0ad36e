// Movement along the axis: how far, how fast, and what it leaves alone.
import { quantile } from "@minisim/kernels/statistics";
import { compile, facts, rowOf } from "@minisim/pipeline";
import { createRandom } from "@minisim/random";
import { createSpecFactory } from "@minisim/spec";
import { brainMotion } from "@minisim/step-brain-motion";
import { expect, test } from "vitest";
import { swayOf } from "../src/sway.ts";

const steps = [brainMotion];
const { parse, safeParse } = createSpecFactory(steps);
const planOf = (own: object) =>
  compile(
    parse({
      acquisition: { fps: 10, duration_s: 60 },
      seed: 3,
      steps: [{ kind: "brain_motion", ...own }],
    }),
    steps,
  );

test("reaches its amplitude at the 99th percentile, from rest", () => {
  const oscillator = { resonance_freq_hz: 6, damping_ratio: 0.5 };
  for (let seed = 0; seed < 10; seed++) {
    const { normal } = createRandom(seed).stream("z");
    const shifts = swayOf(4, oscillator, 500, 20, normal);
    expect(shifts[0]).toBe(0);
    // a scale factor in float64
    expect(quantile(shifts.map(Math.abs).sort(), 0.99)).toBeCloseTo(4, 10);
  }
});

test("is announced as it is left in the truth, and moves no shift in the plane", () => {
  const flat = planOf({ rest_s: 5 });
  const deep = planOf({ rest_s: 5, axial_motion_um: 4 });
  expect(flat.truth.has("axial_shift_um")).toBe(false);
  expect(flat.scene.get(facts.focus_shift_um)).toBeNull();
  expect(deep.truth.get("shifts")!.data).toEqual(flat.truth.get("shifts")!.data);
  const axial = deep.truth.get("axial_shift_um")!;
  expect(axial.shape).toEqual([600]);
  expect(rowOf(deep.scene.get(facts.focus_shift_um)!, 0)).toEqual(axial.data);
});

test("rests with the movement in the plane", () => {
  const always = planOf({ axial_motion_um: 4 });
  const bouts = planOf({ axial_motion_um: 4, rest_s: 5, rest_fraction: 0.1 });
  const levels = (name: "shifts" | "axial_shift_um", stride: number) =>
    Array.from({ length: 599 }, (_, t) => {
      const at = stride * (t + 1);
      return bouts.truth.get(name)!.data[at]! / always.truth.get(name)!.data[at]!;
    });
  const axial = levels("axial_shift_um", 1);
  const lateral = levels("shifts", 2);
  // Two quotients of rounded products.
  for (const [t, level] of axial.entries())
    expect(Math.abs(level - lateral[t]!)).toBeLessThan(1e-9);
  expect(Math.min(...axial)).toBeLessThan(0.15);
});

test("goes with every model", () => {
  const still = Array.from({ length: 600 }, () => [0, 0]);
  const drawn = planOf({ axial_motion_um: 4 }).truth.get("axial_shift_um")!.data;
  for (const own of [{ model: "walk" }, { trajectory_um: still }]) {
    expect(planOf({ ...own, axial_motion_um: 4 }).truth.get("axial_shift_um")!.data).toEqual(drawn);
  }
  const stiff = { model: "walk", axial_motion_um: 4, resonance_freq_hz: 50, damping_ratio: 5 };
  const result = safeParse({ steps: [{ kind: "brain_motion", ...stiff }] });
  const errors = result.ok ? [] : result.issues.filter(({ severity }) => severity === "error");
  expect(errors.map(({ code }) => code)).toEqual(["stiff_oscillator"]);
});

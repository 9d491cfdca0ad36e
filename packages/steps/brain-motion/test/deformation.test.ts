// Rotation and bending: how large, how smooth, exactly what, and what they leave alone.
import { quantile } from "@minisim/kernels/statistics";
import { compile, facts, type Translate } from "@minisim/pipeline";
import { createSpecFactory } from "@minisim/spec";
import { brainMotion } from "@minisim/step-brain-motion";
import { describe, expect, test } from "vitest";

const steps = [brainMotion];
const { parse } = createSpecFactory(steps);
// 2 µm pixels: a field of 120 × 160 µm
const SENSOR = { pixel_pitch_um: 16, n_px_height: 60, n_px_width: 80 };
const [HEIGHT, WIDTH] = [60, 80];
const SIZE = HEIGHT * WIDTH;
const FRAMES = 300;
const planOf = (own: object) =>
  compile(
    parse({
      acquisition: { fps: 10, duration_s: FRAMES / 10, image_sensor: SENSOR },
      seed: 3,
      steps: [{ kind: "brain_motion", max_shift_um: 5, motion_amplitude_um: 4, ...own }],
    }),
    steps,
  );

/** Displacement beyond the shift of one frame, (dy, dx) × pixels. */
function fieldOf(plan: ReturnType<typeof planOf>, frame: number): Float64Array {
  const { data: basis } = plan.truth.get("displacement_basis")!;
  const { data: weights } = plan.truth.get("displacement_weights")!;
  const sum = new Float64Array(2 * SIZE);
  for (let k = 0; k < weights.length / FRAMES; k++) {
    for (let i = 0; i < sum.length; i++) {
      sum[i]! += weights[k * FRAMES + frame]! * basis[2 * SIZE * k + i]!;
    }
  }
  return sum;
}
const frames = Array.from({ length: FRAMES }, (_, t) => t);
const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

test("without rotation and bending the program is that of a rigid shift", () => {
  const plan = planOf({});
  expect(plan.program.instructions).toEqual([
    { verb: "translate", shifts: plan.truth.get("shifts")!.data },
  ]);
  expect(plan.truth.has("displacement_basis")).toBe(false);
  // ⌈5 µm / 2 µm⌉ + 1
  expect(plan.scene.get(facts.margin_px)).toBe(4);
});

test("moves no shift, no focus and no bout", () => {
  const rigid = planOf({ axial_motion_um: 3, rest_s: 5 });
  const soft = planOf({ axial_motion_um: 3, rest_s: 5, nonrigid_um: 2, rotation_deg: 1 });
  for (const name of ["shifts", "axial_shift_um"]) {
    expect(soft.truth.get(name)!.data).toEqual(rigid.truth.get(name)!.data);
  }
});

describe("rotation", () => {
  const plan = planOf({ rotation_deg: 2 });

  test("is exact around the centre of the field of view", () => {
    const weights = plan.truth.get("displacement_weights")!.data;
    const angles = frames.map((t) => Math.asin(weights[t]!));
    for (const t of [0, 50, 299]) {
      const [c, s] = [Math.cos(angles[t]!), Math.sin(angles[t]!)];
      const field = fieldOf(plan, t);
      for (let i = 0; i < SIZE; i += 37) {
        const y = Math.floor(i / WIDTH) - (HEIGHT - 1) / 2;
        const x = (i % WIDTH) - (WIDTH - 1) / 2;
        // Where the pixel lay at rest, turned by the angle, is the pixel.
        const [y0, x0] = [y - field[i]!, x - field[SIZE + i]!];
        expect(Math.abs(c * y0 + s * x0 - y)).toBeLessThan(1e-9);
        expect(Math.abs(c * x0 - s * y0 - x)).toBeLessThan(1e-9);
      }
    }
    const sorted = Float64Array.from(angles, Math.abs).sort();
    expect(quantile(sorted, 0.99)).toBeCloseTo((2 * Math.PI) / 180, 10);
  });

  test("leaves the shifts the mean displacement", () => {
    const field = fieldOf(plan, 77);
    expect(Math.abs(mean(field.subarray(0, SIZE)))).toBeLessThan(1e-9);
    expect(Math.abs(mean(field.subarray(SIZE)))).toBeLessThan(1e-9);
  });
});

describe("bending", () => {
  const plan = planOf({ nonrigid_um: 3, nonrigid_scale_um: 50 });

  test("has its amplitude, and a mean of 0", () => {
    const sizes = frames.map((t) => Math.sqrt(2 * mean(fieldOf(plan, t).map((d) => d * d))));
    expect(sizes[0]).toBe(0);
    // 3 µm are 1.5 px; a scale factor in float64
    expect(quantile(Float64Array.from(sizes).sort(), 0.99)).toBeCloseTo(1.5, 9);
    const field = fieldOf(plan, 100);
    expect(Math.abs(mean(field.subarray(0, SIZE)))).toBeLessThan(1e-12);
    expect(Math.abs(mean(field.subarray(SIZE)))).toBeLessThan(1e-12);
  });

  test("is smooth: it changes little within a pixel, and much over its scale", () => {
    const field = fieldOf(plan, 100).subarray(0, SIZE);
    const size = Math.sqrt(mean(field.map((d) => d * d)));
    const changeOver = (px: number) => {
      const squares = Array.from({ length: SIZE - px }, (_, i) => i)
        .filter((i) => (i % WIDTH) + px < WIDTH)
        .map((i) => (field[i + px]! - field[i]!) ** 2);
      return Math.sqrt(mean(squares));
    };
    // The spacing is 25 px; a B-spline of it changes by at most 2/3 of its height in one spacing.
    expect(changeOver(1)).toBeLessThan(0.15 * size);
    expect(changeOver(25)).toBeGreaterThan(0.5 * size);
  });

  test("rests in the bouts of the shifts", () => {
    const own = { nonrigid_um: 3, nonrigid_scale_um: 50 };
    const bouts = planOf({ ...own, rest_s: 5, rest_fraction: 0.1 });
    const always = plan.truth.get("displacement_weights")!.data;
    const rested = bouts.truth.get("displacement_weights")!.data;
    const level = (name: string, at: number) =>
      bouts.truth.get(name)!.data[at]! / plan.truth.get(name)!.data[at]!;
    for (let t = 1; t < FRAMES; t++) {
      // Quotients of rounded products.
      expect(Math.abs(rested[t]! / always[t]! - level("shifts", 2 * t))).toBeLessThan(1e-9);
    }
  });
});

test("no pixel leaves the margin", () => {
  const plan = planOf({ nonrigid_um: 4, nonrigid_scale_um: 30, rotation_deg: 3 });
  const margin = plan.scene.get(facts.margin_px);
  // 5 µm, 5 × 4 µm, and 1.5 × 3° of the half diagonal of 100 µm: ⌈32.9 / 2⌉ + 1
  expect(margin).toBe(18);
  const shifts = plan.truth.get("shifts")!.data;
  for (const t of frames) {
    const field = fieldOf(plan, t);
    for (const axis of [0, 1]) {
      const values = field.subarray(axis * SIZE, (axis + 1) * SIZE);
      const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      expect(most + Math.abs(shifts[2 * t + axis]!)).toBeLessThanOrEqual(margin - 1);
    }
  }
});

test("the program displaces by the fields of the truth", () => {
  const plan = planOf({ nonrigid_um: 2, rotation_deg: 1 });
  const [moved] = plan.program.instructions as readonly Translate[];
  expect(moved!.displacement!.count).toBe(6);
  expect(moved!.displacement!.weights).toBe(plan.truth.get("displacement_weights")!.data);
  expect(plan.truth.get("displacement_basis")!.shape).toEqual([6, 2, HEIGHT, WIDTH]);
});

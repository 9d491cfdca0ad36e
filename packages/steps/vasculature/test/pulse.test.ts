// Vessels that pulse: what somebody announces of their radius, and the shade that follows.
import { accumulate, defineStep, facts, lazySeries, modulate } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import { vasculature } from "@minisim/step-vasculature";
import { expect, test } from "vitest";
import { z } from "zod";

const base = { revision: 1, summary: "For a test.", sources: [] } as const;
/** Radii of vessels, one a frame, and even light in front of which they stand. */
const heart = defineStep({
  ...base,
  kind: "heart",
  domain: "tissue",
  before: ["vasculature"],
  params: z.strictObject({ radii: z.array(z.number()).default([]) }),
  announce: ({ params: { radii }, geometry: { n_frames } }) =>
    radii.length === 1
      ? facts.vessel_radius.of(radii[0]!)
      : facts.vessel_radius.of(lazySeries(n_frames, () => Float64Array.from(radii))),
  compile: ({ geometry: { canvas } }) => ({
    frames: accumulate(
      { ...canvas, count: 1, data: new Float64Array(canvas.height * canvas.width).fill(2) },
      { constant: Float64Array.of(1) },
    ),
  }),
});
const { compile, simulate } = createSimulator({ steps: [heart, vasculature] });
const layers = [
  { depth_um: 120, n_roots: 3, root_radius_um: 14, opacity: 0.6 },
  { depth_um: 140, n_roots: 6, root_radius_um: 5, opacity: 0.4 },
];
const specOf = (radii: readonly number[]) => ({
  acquisition: {
    fps: 10,
    duration_s: Math.max(1, radii.length) / 10,
    focal_depth_in_tissue_um: 140,
    optics: { magnification: 3 },
    image_sensor: { n_px_height: 120, n_px_width: 140, pixel_pitch_um: 4.8 },
  },
  seed: 4,
  steps: [
    { kind: "heart" as const, radii: [...radii] },
    { kind: "vasculature" as const, enabled: true, layers },
  ],
});
const maskOf = (radius: number) => compile(specOf([radius])).truth.get("vasculature_mask")!.data;
const RADII = [1, 1.03, 0.97, 1.1, 0.9, 1];

test("a constant radius widens or narrows the vessels for good, and nothing swings", () => {
  const plan = compile(specOf([1.2]));
  const wide = plan.truth.get("vasculature_mask")!.data;
  expect(plan.program.instructions.at(-1)).toEqual(modulate(wide));
  expect(plan.truth.has("vasculature_swing")).toBe(false);
  const rest = maskOf(1);
  expect(wide.every((value, i) => value <= rest[i]! + 1e-12)).toBe(true);
  expect(wide.some((value, i) => value < rest[i]! - 0.05)).toBe(true);
});

test("the mask at rest is that of vessels that hold still", () => {
  const { truth, program } = compile(specOf(RADII));
  const mask = truth.get("vasculature_mask")!.data;
  const swing = truth.get("vasculature_swing")!.data;
  expect(mask).toEqual(maskOf(1));
  expect(program.instructions.at(-1)).toEqual(
    modulate(
      mask,
      Float64Array.from(RADII, (radius) => radius - 1),
      swing,
    ),
  );
});

test.each([
  // The change is taken between 0.95 and 1.05; beyond, the borders of vessels have moved on.
  [0.03, 0.006],
  [0.1, 0.02],
])("a dilation of %f is that of wider vessels to %f of the light", (dilation, error) => {
  const { truth } = compile(specOf(RADII));
  const [mask, swing] = ["vasculature_mask", "vasculature_swing"].map(
    (name) => truth.get(name)!.data,
  );
  for (const radius of [1 + dilation, 1 - dilation]) {
    const exact = maskOf(radius);
    const worst = exact.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (mask![i]! + (radius - 1) * swing![i]!))),
      0,
    );
    expect(worst).toBeLessThan(error);
  }
  const change = maskOf(1 + dilation).map((value, i) => value - mask![i]!);
  expect(Math.max(...change.map(Math.abs))).toBeGreaterThan(2 * error);
});

test("each frame is shaded by the mask of its radius", async () => {
  const { observed, ground_truth } = await simulate(specOf(RADII));
  const mask = ground_truth.vasculature_mask!.data;
  const swing = ground_truth.get("vasculature_swing")!.data;
  const pixels = mask.length;
  for (const [t, radius] of RADII.entries()) {
    for (let i = 0; i < pixels; i++) {
      const expected = 2 * (mask[i]! + (radius - 1) * swing[i]!);
      // Float32: six roundings of 2^-24 of numbers of at most 2.
      expect(Math.abs(observed.data[t * pixels + i]! - expected)).toBeLessThan(12 * 2 ** -24);
    }
  }
});

test("however far the radius swings, no mask is negative", () => {
  const { truth, program } = compile(specOf([1, 9, 0, 1]));
  const mask = truth.get("vasculature_mask")!.data;
  const swing = truth.get("vasculature_swing")!.data;
  expect(program.instructions.at(-1)).toEqual(
    modulate(mask, Float64Array.of(0, 0.5, -0.5, 0), swing),
  );
  for (const dilation of [0.5, -0.5]) {
    expect(mask.every((value, i) => value + dilation * swing[i]! >= 0)).toBe(true);
  }
});

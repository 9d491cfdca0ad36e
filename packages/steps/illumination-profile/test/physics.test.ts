// The field: oracle values, corner and centre, and the light that it leaves.
import { accumulate, defineStep, facts, modulate } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import { illuminationProfile } from "@minisim/step-illumination-profile";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import oracle from "./fixtures/radial-falloff.json" with { type: "json" };

const [HEIGHT, WIDTH] = oracle.shape as [number, number];
const simulator = createSimulator({ steps: [illuminationProfile] });
/** The compiled step on 9 × 12 pixels of 1 µm. */
const plan = (params: object = {}, height = HEIGHT, width = WIDTH) =>
  simulator.compile({
    acquisition: {
      fps: 1,
      duration_s: 2,
      optics: { magnification: 8 },
      image_sensor: { n_px_height: height, n_px_width: width, pixel_pitch_um: 8 },
    },
    steps: [{ kind: illuminationProfile.kind, ...params }],
  });
const fieldOf = (...args: Parameters<typeof plan>) => plan(...args).truth.get("illumination")!.data;

describe("the field", () => {
  test("oracle", () => {
    const { falloff, exponent, center_offset_um } = oracle;
    const field = fieldOf({ falloff, exponent, center_offset_um });
    for (const [i, expected] of oracle.field.flat().entries()) {
      // float64 formulas: a root, a power, a few products
      expect(Math.abs(field[i]! / expected - 1)).toBeLessThan(1e-12);
    }
  });

  test("is 1 at the centre, falloff at the corners, and 1 − (1 − falloff)(r/r_max)^exponent between", () => {
    const field = fieldOf({ falloff: 0.2, exponent: 3 }, 5, 5);
    expect(field[12]).toBe(1);
    for (const corner of [0, 4, 20, 24]) expect(field[corner]).toBeCloseTo(0.2, 12);
    // Two pixels up from the centre: r = 2, r_max = √8.
    expect(field[2]).toBeCloseTo(1 - 0.8 * (2 / Math.sqrt(8)) ** 3, 12);
  });

  test("is lowest at the corner farthest from its centre", () => {
    const field = fieldOf({ falloff: 0.2, center_offset_um: [-2, -2] }, 5, 5);
    expect(field[0]).toBe(1);
    expect(field[24]).toBeCloseTo(0.2, 12);
    expect(Math.min(...field)).toBe(field[24]);
  });
});

describe("the step", () => {
  test("announces the field as excitation, and multiplies each frame by it", () => {
    const { scene, program, truth } = plan({ falloff: 0.3 });
    const { data } = truth.get("illumination")!;
    expect(scene.get(facts.excitation)).toEqual([{ height: HEIGHT, width: WIDTH, data }]);
    expect(program.instructions).toEqual([modulate(data)]);
  });

  test("shades light by the field", async () => {
    const one = defineStep({
      kind: "even_light",
      revision: 1,
      domain: "tissue",
      summary: "The same light everywhere.",
      sources: [],
      params: z.strictObject({}),
      compile({ geometry: { fov } }) {
        const data = new Float64Array(fov.height * fov.width).fill(3);
        const components = { ...fov, count: 1, data };
        return { frames: accumulate(components, { constant: Float64Array.of(1) }) };
      },
    });
    const lit = createSimulator({ steps: [illuminationProfile, one] });
    const { observed, ground_truth } = await lit.simulate({
      acquisition: { fps: 1, duration_s: 1, image_sensor: { n_px_height: 7, n_px_width: 6 } },
      steps: [{ kind: "illumination_profile" }, { kind: "even_light" }],
    });
    const field = ground_truth.illumination!.data;
    for (const [i, value] of observed.data.entries()) {
      // two roundings to float32
      expect(Math.abs(value / (3 * field[i]!) - 1)).toBeLessThan(2 * 2 ** -24);
    }
  });
});

// The field, and the light that it leaves.
import { radialFalloff } from "@minisim/optics";
import { accumulate, defineStep, facts, modulate } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import { illuminationProfile } from "@minisim/step-illumination-profile";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const [HEIGHT, WIDTH] = [9, 12];
const simulator = createSimulator({ steps: [illuminationProfile] });
/** The compiled step on 9 × 12 pixels of 1 µm. */
const plan = (params: object = {}) =>
  simulator.compile({
    acquisition: {
      fps: 1,
      duration_s: 2,
      optics: { magnification: 8 },
      image_sensor: { n_px_height: HEIGHT, n_px_width: WIDTH, pixel_pitch_um: 8 },
    },
    steps: [{ kind: illuminationProfile.kind, ...params }],
  });
const fieldOf = (...args: Parameters<typeof plan>) => plan(...args).truth.get("illumination")!.data;

test("the field is the radial fall-off of its parameters", () => {
  const profile = { falloff: 0.2, exponent: 3, center_offset_um: [-2, 1] } as const;
  expect(fieldOf(profile)).toEqual(radialFalloff(profile, { height: HEIGHT, width: WIDTH }, 1));
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

// The rhythms, and the light that they leave.
import { facts, rowOf } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import type { StepInputOf } from "@minisim/spec";
import { hemodynamics } from "@minisim/step-hemodynamics";
import { describe, expect, test } from "vitest";

const { compile } = createSimulator({ steps: [hemodynamics] });
type Circulation = Omit<StepInputOf<readonly [typeof hemodynamics]>, "kind">;
const planOf = (circulation: Circulation, acquisition: object = {}) =>
  compile({
    acquisition: {
      fps: 20,
      duration_s: 2000,
      image_sensor: { n_px_height: 4, n_px_width: 5 },
      ...acquisition,
    },
    seed: 1,
    steps: [{ kind: "hemodynamics", ...circulation }],
  });
const truthOf = (name: string, ...args: Parameters<typeof planOf>) =>
  planOf(...args).truth.get(name)!.data;
const radiusOf = (...args: Parameters<typeof planOf>) => truthOf("vessel_radius", ...args);
const varianceOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + (value - 1) ** 2, 0) / values.length;

const slow = { vasomotion_dilation: 0.04, heartbeat_dilation: 0 } as const;
const fast = { vasomotion_dilation: 0, heartbeat_dilation: 0.02 } as const;

/** Power at a frequency, in means over stretches of 50 s, by the sum of a Fourier series. */
function powerAt(values: Float64Array, frequency_hz: number, fps: number): number {
  const length = 50 * fps;
  let power = 0;
  let stretches = 0;
  for (let start = 0; start + length <= values.length; start += length) {
    let [re, im] = [0, 0];
    for (let t = 0; t < length; t++) {
      const angle = (2 * Math.PI * frequency_hz * t) / fps;
      re += (values[start + t]! - 1) * Math.cos(angle);
      im += (values[start + t]! - 1) * Math.sin(angle);
    }
    power += re * re + im * im;
    stretches += 1;
  }
  return power / stretches;
}

describe("the radius", () => {
  test("has the spread asked for in vasomotion", () => {
    // 2000 s have 2000 / 20 = 100 independent sizes, each of two values; five standard errors of a variance.
    const relative = varianceOf(radiusOf(slow)) / 0.04 ** 2;
    expect(Math.abs(relative - 1)).toBeLessThan(5 * Math.sqrt(2 / 200));
  });

  test("has of the heartbeat what an exposure does not average out", () => {
    const independent = 2 * 2000;
    for (const exposure_fraction of [1, 0.2, 1e-6]) {
      const x = (Math.PI * 10.5 * exposure_fraction) / 20;
      const seen = (Math.sin(x) / x) ** 2;
      const relative = varianceOf(radiusOf(fast, { exposure_fraction })) / (0.02 ** 2 * seen);
      expect(Math.abs(relative - 1)).toBeLessThan(5 * Math.sqrt(2 / independent));
    }
  });

  test("oscillates at its frequencies, and a heartbeat above half of the frame rate is folded back", () => {
    const vasomotion = radiusOf(slow);
    // A peak of width 1 / (π 20 s) = 0.016 Hz has a hundredth of its height at 0.1 Hz beside it; a stretch of 50 s blurs that little.
    expect(powerAt(vasomotion, 0.1, 20)).toBeGreaterThan(10 * powerAt(vasomotion, 0.3, 20));
    expect(powerAt(vasomotion, 0.1, 20)).toBeGreaterThan(10 * powerAt(vasomotion, 0.02, 20));
    const beat = radiusOf({ ...fast, heartbeat_memory_s: 20 });
    expect(powerAt(beat, 9.5, 20)).toBeGreaterThan(10 * powerAt(beat, 9, 20));
    const quick = radiusOf({ ...fast, heartbeat_memory_s: 20 }, { fps: 30, duration_s: 500 });
    expect(powerAt(quick, 10.5, 30)).toBeGreaterThan(10 * powerAt(quick, 9.5, 30));
  });

  test("of one rhythm stays where the other is turned off", () => {
    const both = radiusOf({
      ...slow,
      ...fast,
      vasomotion_dilation: 0.04,
      heartbeat_dilation: 0.02,
    });
    const [first, second] = [radiusOf(slow), radiusOf(fast)];
    for (const t of both.keys()) {
      // Three roundings to 2^-53 of numbers near 1.
      expect(Math.abs(both[t]! - (first[t]! + second[t]! - 1))).toBeLessThan(2 ** -50);
    }
  });
});

describe("the light", () => {
  test("follows Beer-Lambert with the volume of blood, and rests at 1", () => {
    const radius = radiusOf({}, { duration_s: 20 });
    const light = truthOf("hemodynamic_transmission", { absorbance: 0.5 }, { duration_s: 20 });
    for (const [t, r] of radius.entries()) {
      // Two units in the last place of the exponential.
      expect(Math.abs(light[t]! - Math.exp(-0.5 * (r * r - 1)))).toBeLessThan(1e-15);
    }
  });

  test("by default changes by 1 to 3 %", () => {
    const light = truthOf("hemodynamic_transmission", {});
    const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
    const cv = Math.sqrt(
      light.reduce((sum, value) => sum + (value / mean - 1) ** 2, 0) / light.length,
    );
    expect(cv).toBeGreaterThan(0.01);
    expect(cv).toBeLessThan(0.03);
  });

  test("is announced: half of its loss on the way in, half on the way out", () => {
    const plan = planOf({}, { duration_s: 20 });
    const light = plan.truth.get("hemodynamic_transmission")!.data;
    const [into, out] = [facts.excitation, facts.collection].map((token) => {
      const [factor] = plan.scene.get(token);
      if (typeof factor !== "object" || !("rows" in factor)) throw new Error("No series.");
      return rowOf(factor, 0);
    });
    expect(into).toEqual(out);
    for (const [t, value] of light.entries()) {
      expect(Math.abs(into![t]! * out![t]! - value)).toBeLessThan(1e-15);
    }
  });
});

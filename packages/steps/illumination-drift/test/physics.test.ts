// The lamp's course, and the light and the bleaching that follow it.
import { facts, rowOf } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import type { StepInputOf } from "@minisim/spec";
import { illuminationDrift } from "@minisim/step-illumination-drift";
import { describe, expect, test } from "vitest";

const FPS = 10;
const { compile, Spec } = createSimulator({ steps: [illuminationDrift] });
type Lamp = Omit<StepInputOf<readonly [typeof illuminationDrift]>, "kind">;
/** Of a lamp that is warm, but for what `lamp` says. */
const specOf = (lamp: Lamp, seed = 1, duration_s = 400) => ({
  acquisition: { fps: FPS, duration_s, image_sensor: { n_px_height: 4, n_px_width: 5 } },
  seed,
  steps: [{ kind: "illumination_drift", warm_up_amplitude: 0, ...lamp } as const],
});
const planOf = (...args: Parameters<typeof specOf>) => compile(specOf(...args));
const gainOf = (...args: Parameters<typeof specOf>) =>
  planOf(...args).truth.get("illumination_gain")!.data;
const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const momentsOf = (values: Float64Array) => {
  const mean = meanOf(values);
  return { mean, sd: Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) };
};
const correlation = (values: Float64Array, lag: number) => {
  const { mean, sd } = momentsOf(values);
  const products = values.subarray(lag).map((value, t) => (value - mean) * (values[t]! - mean));
  return meanOf(products) / sd ** 2;
};

test.each([0.2, -0.3])("a lamp that starts %f off comes near its warm power exponentially", (a) => {
  const gain = gainOf({ warm_up_amplitude: a, warm_up_tau_s: 100 });
  expect(gain[0]).toBe(1 + a);
  for (const t_s of [50, 100, 300]) {
    // Both exponentials are right to 2 units in the last place.
    expect(Math.abs(gain[t_s * FPS]! - (1 + a * Math.exp(-t_s / 100)))).toBeLessThan(1e-15);
  }
});

test("flicker is white, of mean 1 and the spread asked for", () => {
  const gain = gainOf({ flicker_cv: 0.05 });
  const { mean, sd } = momentsOf(gain);
  const n = gain.length;
  // Five standard errors of n independent normal draws.
  expect(Math.abs(mean - 1)).toBeLessThan((5 * 0.05) / Math.sqrt(n));
  expect(Math.abs(sd - 0.05)).toBeLessThan((5 * 0.05) / Math.sqrt(2 * n));
  for (const lag of [1, 2, 10]) {
    expect(Math.abs(correlation(gain, lag))).toBeLessThan(5 / Math.sqrt(n));
  }
});

test("wander has the spread asked for, and forgets itself in its time", () => {
  const tau_s = 2;
  const gain = gainOf({ wander_cv: 0.04, wander_tau_s: tau_s }, 1, 4000);
  const { mean, sd } = momentsOf(gain);
  // A recording of T seconds has T / 2τ = 1000 independent values of it; five standard errors.
  const independent = 4000 / (2 * tau_s);
  expect(Math.abs(mean - 1)).toBeLessThan((5 * 0.04) / Math.sqrt(independent));
  expect(Math.abs(sd - 0.04)).toBeLessThan((5 * 0.04) / Math.sqrt(2 * independent));
  for (const lag of [5, 20, 40]) {
    const expected = Math.exp(-lag / (FPS * tau_s));
    expect(Math.abs(correlation(gain, lag) - expected)).toBeLessThan(5 / Math.sqrt(independent));
  }
});

test("power steps hold from their frame on", () => {
  const power_steps = [
    { start_s: 1, power: 0.5 },
    { start_s: 2.05, power: 3 },
  ];
  const gain = gainOf({ power_steps }, 1, 4);
  expect([...gain.subarray(8, 12)]).toEqual([1, 1, 0.5, 0.5]);
  expect([...gain.subarray(19, 23)]).toEqual([0.5, 0.5, 3, 3]);
});

test("power steps out of order are an error at their own place", () => {
  const power_steps = [
    { start_s: 3, power: 1 },
    { start_s: 1, power: 2 },
  ];
  const result = Spec.safeParse(specOf({ power_steps }));
  expect(result).toMatchObject({
    ok: false,
    issues: [{ code: "power_steps_order", path: ["steps", 0, "power_steps", 1, "start_s"] }],
  });
});

test("no lamp shines less than nothing", () => {
  expect(gainOf({ flicker_cv: 1, wander_cv: 1 }).every((power) => power >= 0)).toBe(true);
});

describe("draws", () => {
  const noisy: Lamp = { flicker_cv: 0.02, wander_cv: 0.03 };

  test("of flicker stay where wander is turned off, and the reverse", () => {
    const both = gainOf(noisy);
    const flicker = gainOf({ ...noisy, wander_cv: 0 });
    const wander = gainOf({ ...noisy, flicker_cv: 0 });
    // Three roundings to 2^-53.
    for (const t of both.keys()) {
      expect(Math.abs(both[t]! - flicker[t]! * wander[t]!)).toBeLessThan(2 ** -51);
    }
  });

  test("of a longer recording begin as those of a shorter one", () => {
    expect(gainOf(noisy, 1, 20)).toEqual(gainOf(noisy, 1, 40).subarray(0, 20 * FPS));
  });

  test("are those that are announced", () => {
    const { scene, truth } = planOf(noisy);
    const [announced] = scene.get(facts.excitation);
    if (typeof announced !== "object" || !("rows" in announced)) throw new Error("No series.");
    expect(rowOf(announced, 0)).toEqual(truth.get("illumination_gain")!.data);
  });
});

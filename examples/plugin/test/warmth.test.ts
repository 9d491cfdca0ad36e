// A fact of one's own: one step announces it, another reads it, and neither knows the other.
import { conformance } from "@minisim/step-testkit";
import { builtinSteps, createSimulator, groundTruth } from "minisim";
import { fixedPatternNoise, sensorHeating, sensorWarmthK } from "minisim-step-fixed-pattern-noise";
import { expect, test } from "vitest";

conformance(sensorHeating, { neutral: { rise_k: 0 }, draws: false });

const { compile } = createSimulator({ steps: [...builtinSteps, fixedPatternNoise, sensorHeating] });
type Heat = { readonly kind: "sensor_heating"; readonly rise_k: number };
const specOf = (...heat: Heat[]) => ({
  acquisition: { image_sensor: { n_px_height: 32, n_px_width: 32 } },
  steps: [
    { kind: "sensor" } as const,
    { kind: "fixed_pattern_noise", hot_pixel_fraction: 0.1 } as const,
    ...heat,
  ],
});
const darkOf = (...heat: Heat[]) =>
  groundTruth(compile(specOf(...heat))).get(fixedPatternNoise.truth.dark_electrons)!.data;

test("dark electrons double with every 8 K, hot pixels' too", () => {
  const cool = darkOf();
  expect(new Set(cool).size).toBeGreaterThan(50);
  expect(darkOf({ kind: "sensor_heating", rise_k: 0 })).toEqual(cool);
  expect(darkOf({ kind: "sensor_heating", rise_k: 16 })).toEqual(cool.map((e) => 4 * e));
  expect(darkOf({ kind: "sensor_heating", rise_k: -8 })).toEqual(cool.map((e) => e / 2));
});

test("whoever has the token reads it", () => {
  const { scene } = compile(specOf({ kind: "sensor_heating", rise_k: 3 }));
  expect(scene.get(sensorWarmthK)).toBe(3);
  expect(compile(specOf()).scene.get(sensorWarmthK)).toBe(0);
});

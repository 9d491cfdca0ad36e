// What the author of a step writes: the conformance kit, and tests of the physics.
import { exposureWith } from "@minisim/sensor";
import { conformance } from "@minisim/step-testkit";
import { builtinSteps, createSimulator } from "minisim";
import { fixedPatternNoise } from "minisim-step-fixed-pattern-noise";
import { expect, test } from "vitest";

const exposure = exposureWith({ photons_per_unit: 100, quantum_efficiency: 0.5, read_noise_e: 1 });

conformance(fixedPatternNoise, {
  neutral: { response_cv: 0, dark_e: 0, hot_pixel_fraction: 0 },
  draws: true,
  golden: new URL("./golden.json", import.meta.url),
  exposure,
  // A dark electron is as the light that would make it: 100 photons of it make 50 electrons.
  shown: ({ before, truth }) =>
    before.map(
      (light, pixel) =>
        light * truth("pixel_response")![pixel]! + truth("dark_electrons")![pixel]! / 50,
    ),
});

const simulator = createSimulator({ steps: [...builtinSteps, fixedPatternNoise] });

test("runs among the built-in steps, on the chip and before its counts", () => {
  const kinds = simulator.steps.map((step) => step.kind);
  expect(kinds.indexOf("fixed_pattern_noise")).toBeGreaterThan(kinds.indexOf("vignette"));
  expect(kinds.indexOf("fixed_pattern_noise")).toBeLessThan(kinds.indexOf("sensor"));
});

test("hot pixels glow in the dark, where the truth says", async () => {
  const { observed, ground_truth } = await simulator.simulate({
    acquisition: {
      duration_s: 20,
      image_sensor: { n_px_height: 64, n_px_width: 64, read_noise_e: 1, bit_depth: 12 },
    },
    steps: [
      { kind: "sensor" },
      { kind: "fixed_pattern_noise", hot_pixel_fraction: 0.01, hot_pixel_e: 500, dark_e: 20 },
    ],
  });
  const dark = ground_truth.get("dark_electrons")!.data;
  const frames = observed.shape[0]!;
  const hot = [...dark.keys()].filter((pixel) => dark[pixel]! > 20);
  // Binomial(4096, 0.01): 41 ± 6.4; five standard deviations.
  expect(Math.abs(hot.length - 41)).toBeLessThan(32);
  for (const pixel of [...hot, ...[...dark.keys()].filter((p) => dark[p] === 20).slice(0, 50)]) {
    let total = 0;
    for (let t = 0; t < frames; t++) total += observed.data[t * 4096 + pixel]!;
    // Counts are floors of electrons, on average half an electron less; mean of `frames` draws, five standard errors.
    const expected = dark[pixel]! - 0.5;
    const error = 5 * Math.sqrt((dark[pixel]! + 1) / frames) + 0.02;
    expect(Math.abs(total / frames - expected), `pixel ${pixel}`).toBeLessThan(error);
  }
});

// The lamp that flickers: bleaching and detectability follow what it announces, and know nothing of it.
import { conformance } from "@minisim/step-testkit";
import { builtinSteps, createSimulator, groundTruth, type StepInput } from "minisim";
import { ledFlicker } from "minisim-step-fixed-pattern-noise";
import { describe, expect, test } from "vitest";

conformance(ledFlicker, {
  neutral: { cv: 0 },
  draws: true,
  shown: { factors: ["led_power"] },
  golden: new URL("./golden-led-flicker.json", import.meta.url),
});

const simulator = createSimulator({ steps: [...builtinSteps, ledFlicker] });
type Lamp = { readonly kind: "led_flicker"; readonly cv: number };
const many = { kind: "place_neurons", depth_range_um: [20, 100] } as const;
const specOf = (lamp: readonly Lamp[], { cells = many as StepInput, duration_s = 8 } = {}) => ({
  acquisition: {
    duration_s,
    optics: { magnification: 4 },
    image_sensor: { n_px_height: 96, n_px_width: 96 },
    focal_depth_in_tissue_um: 60,
  },
  seed: 3,
  steps: [
    cells,
    { kind: "cell_activity" } as const,
    { kind: "bleaching", bleach_susceptibility: 0.02, turnover_tau_s: 1e9 } as const,
    { kind: "optics" } as const,
    { kind: "composite" } as const,
    { kind: "sensor", photons_per_um2_s: 2000 } as const, // far from full scale
    ...lamp,
  ],
});
const truthOf = (...args: Parameters<typeof specOf>) =>
  groundTruth(simulator.compile(specOf(...args)));
const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test("the power is white, of mean 1 and the spread asked for", () => {
  const power = truthOf([{ kind: "led_flicker", cv: 0.1 }], { duration_s: 200 }).get(
    ledFlicker.truth.led_power,
  )!.data;
  const n = power.length;
  const mean = meanOf(power);
  const deviations = power.map((value) => value - mean);
  const variance = deviations.reduce((sum, value) => sum + value * value, 0) / n;
  const neighbours = deviations.reduce(
    (sum, value, t) => sum + value * (deviations[t - 1] ?? 0),
    0,
  );
  // Five standard errors of 4000 independent draws: cv/√n, cv/√(2n) and 1/√n.
  expect(Math.abs(mean - 1)).toBeLessThan((5 * 0.1) / Math.sqrt(n));
  expect(Math.abs(Math.sqrt(variance) - 0.1)).toBeLessThan((5 * 0.1) / Math.sqrt(2 * n));
  expect(Math.abs(neighbours / (n * variance))).toBeLessThan(5 / Math.sqrt(n));
});

describe("other steps", () => {
  const steady = truthOf([]);
  const truth = truthOf([{ kind: "led_flicker", cv: 0.3 }]);
  const power = truth.get(ledFlicker.truth.led_power)!.data;
  const n = power.length;

  test("keep their draws", () => {
    expect(truth.C.data).toEqual(steady.C.data);
    expect(truth.centers_um.data).toEqual(steady.centers_um.data);
  });

  test("bleaching loses in a frame what its light takes", () => {
    const q_per_frame = 0.02 / 20;
    const pool = truth.bleaching!.data;
    expect(truth.n_units).toBeGreaterThan(5);
    for (let unit = 0; unit < truth.n_units; unit++) {
      for (let t = 0; t < n - 1; t++) {
        const at = unit * n + t;
        const lost = q_per_frame * power[t]! * truth.C.data[at]!;
        // Turnover in 1e9 s refills less than 1e-10 of the pool in a frame.
        expect(Math.abs(pool[at + 1]! / pool[at]! - Math.exp(-lost))).toBeLessThan(1e-9);
      }
    }
  });
});

test("detectability follows the mean of the lamp", () => {
  const one = { kind: "place_neurons", populations: [{ positions_um: [[60, 0, 0]] }] } as const;
  const snrOf = (cv: number) => {
    const truth = truthOf([{ kind: "led_flicker", cv }], { cells: one });
    const power = truth.get(ledFlicker.truth.led_power)!.data;
    expect(truth.n_units).toBe(1);
    return { snr: truth.detection_snr.data[0]!, mean: meanOf(power) };
  };
  const steady = snrOf(0);
  // Half of a normal distribution is cut off at no light, so the mean is about 1.08.
  const { snr, mean } = snrOf(1);
  expect(mean).toBeGreaterThan(1.01);
  // Of a cell alone the SNR goes with between the root of its light, where photons are the noise, and its light, where reading out is.
  expect(snr).toBeGreaterThan(steady.snr * Math.sqrt(mean));
  expect(snr).toBeLessThan(steady.snr * mean);
});

// What the page says of light and noise is what the chip was given.
import { exposureOf, noiseSigmaE } from "@minisim/sensor";
import { expect, test } from "vitest";
import { lightOf } from "../src/view/light-budget.ts";
import { smallSpec } from "./specs.ts";

test.each([[100], [828], [3700]])("%i photons are read from the counts they make", (photons) => {
  const { acquisition } = smallSpec();
  const exposure = exposureOf(acquisition.image_sensor, 1, 1 / acquisition.fps);
  const electrons = photons * exposure.quantum_efficiency;
  const count = Math.floor(
    (electrons + exposure.dark_e) * exposure.counts_per_e + exposure.black_counts,
  );
  const read = lightOf(count, acquisition);
  // A count stands for the middle of its step, so the error is at most half of one.
  const halfStep = 0.5 / exposure.counts_per_e;
  expect(Math.abs(read.photons - photons)).toBeLessThanOrEqual(
    halfStep / exposure.quantum_efficiency + 1e-9,
  );
  // dσ/dλ = 1 / 2σ.
  const noise = noiseSigmaE(electrons, exposure);
  expect(Math.abs(read.noise_e - noise)).toBeLessThanOrEqual((halfStep / noise) * 0.6);
});

test("a count below the black level is no light", () => {
  expect(lightOf(0, smallSpec().acquisition).photons).toBe(0);
});

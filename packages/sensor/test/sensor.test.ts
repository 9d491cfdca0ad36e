// Electrons, noise, detection and containers.
import {
  countsDtype,
  DETECTABLE_SNR,
  detectionSnr,
  expectedElectrons,
  exposureOf,
  exposureWith,
  fullScaleE,
  maxCount,
  noiseSigmaE,
  photonsPerUnit,
  sampleFieldAt,
  traceRange,
} from "@minisim/sensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const positive = (max: number) => fc.double({ min: 1e-3, max, noNaN: true });
// Float64 formulas of a few operations.
const RELATIVE = 1e-12;

/** A detector with nothing but read noise, whose counts are so fine that rounding them adds nothing. */
const readOnly = (read_noise_e: number) =>
  exposureWith({ photons_per_unit: 1, read_noise_e, counts_per_e: 1e9, max_count: Infinity });

const chip = {
  quantum_efficiency: 0.6,
  read_noise_e: 9,
  row_noise_e: 12,
  dark_current_e_s: 50,
  full_well_e: 10_000,
  gain_adu_per_e: 0.2,
  black_level_adu: 10,
  adc_bits: 10,
  bit_depth: 8,
} as const;

describe("an exposure", () => {
  test("has the photons of its area and time", () => {
    const photons = photonsPerUnit(1000, 1.5, 0.05);
    expect(photons).toBe(112.5);
    expect(photonsPerUnit(1000, 0.75, 0.05)).toBe(photons / 4);
    expect(photonsPerUnit(1000, 1.5, 0.1)).toBe(photons * 2);
  });

  test("counts in steps of the bits that are dropped", () => {
    expect(exposureOf(chip, 100, 0.04)).toEqual({
      photons_per_unit: 100,
      quantum_efficiency: 0.6,
      dark_e: 2,
      read_noise_e: 9,
      row_noise_e: 12,
      full_well_e: 10_000,
      counts_per_e: 0.05,
      black_counts: 2.5,
      max_count: 255,
    });
    expect(exposureOf({ ...chip, adc_bits: "auto" }, 100, 0.04).counts_per_e).toBe(0.2);
    expect(() => exposureOf({ ...chip, adc_bits: 7 }, 100, 0.04)).toThrow(
      "A movie of 8 bits cannot come from a converter of 7.",
    );
  });

  test("ends at the full well or at the largest count", () => {
    const exposure = exposureOf(chip, 100, 0.04);
    expectClose(fullScaleE(exposure), (255 - 2.5) / 0.05);
    expect(fullScaleE({ ...exposure, counts_per_e: 0.01 })).toBe(10_000);
  });
});

const expectClose = (computed: number, expected: number) =>
  expect(Math.abs(computed / expected - 1)).toBeLessThan(RELATIVE);

describe("electrons", () => {
  test("are light × photons per unit × quantum efficiency, none for negative light", () => {
    const exposure = { photons_per_unit: 200, quantum_efficiency: 0.5 };
    expect(expectedElectrons(3, exposure)).toBe(300);
    expect(expectedElectrons(-3, exposure)).toBe(0);
  });

  test("carry shot, dark, read, row and rounding noise in quadrature", () => {
    expectClose(noiseSigmaE(16, readOnly(3)), 5);
    expectClose(noiseSigmaE(0, readOnly(2)), 2);
    // 100 + 44 + 3² + 4² + (1/12) / 0.1²
    const all = exposureWith({
      photons_per_unit: 1,
      dark_e: 44,
      read_noise_e: 3,
      row_noise_e: 4,
      counts_per_e: 0.1,
    });
    expectClose(noiseSigmaE(100, all), Math.sqrt(169 + 100 / 12));
  });
});

describe("detection", () => {
  const dark = { background_e: 0 };
  test.each(oracles.detection_snr)("oracle: ΔF $peak over $baseline", (row) => {
    const { peak, baseline, gain, read_e, snr } = row;
    const computed = detectionSnr({ peak, baseline, gain, ...dark }, readOnly(read_e));
    expectClose(computed, snr);
  });

  test("other light in the pixel is noise and no signal", () => {
    const cell = { peak: 10, baseline: 1, gain: 2 };
    expectClose(detectionSnr({ ...cell, background_e: 62 }, readOnly(6)), 20 / 10);
  });

  test("a rise is cut where the pixel is full", () => {
    const narrow = { ...readOnly(6), full_well_e: 80 };
    const cell = { peak: 10, baseline: 1, gain: 2, background_e: 62 };
    expectClose(detectionSnr(cell, narrow), 16 / 10);
    expect(detectionSnr({ ...cell, background_e: 90 }, narrow)).toBe(0);
  });

  test("no rise is nothing", () => {
    const silent = { baseline: 0, gain: 1, ...dark };
    expect(detectionSnr({ ...silent, peak: 0 }, readOnly(0))).toBe(0);
    expect(detectionSnr({ peak: 1, baseline: 1, gain: 0, ...dark }, readOnly(0))).toBe(0);
  });

  test("more light never hurts, a brighter baseline or more read noise never helps", () => {
    fc.assert(
      fc.property(
        positive(100),
        positive(100),
        positive(1e4),
        positive(50),
        (peak, baseline, gain, read_noise_e) => {
          const input = { peak, baseline, gain, ...dark };
          const exposure = readOnly(read_noise_e);
          const snr = detectionSnr(input, exposure);
          expect(detectionSnr({ ...input, gain: 2 * gain }, exposure)).toBeGreaterThan(snr);
          expect(detectionSnr({ ...input, baseline: 2 * baseline }, exposure)).toBeLessThan(snr);
          expect(detectionSnr(input, readOnly(2 * read_noise_e))).toBeLessThan(snr);
          // The noise depends on the baseline alone: doubling a number is exact.
          expect(detectionSnr({ ...input, peak: 2 * peak }, exposure)).toBe(2 * snr);
        },
      ),
    );
  });

  test("shot noise alone: four times the light, twice the SNR", () => {
    const shot = { peak: 5, baseline: 1.5, ...dark };
    const at = (gain: number) => detectionSnr({ ...shot, gain }, readOnly(0));
    expectClose(at(40) / at(10), 2);
  });

  test("the range of a trace", () => {
    expect(traceRange(Float64Array.of(2, 5, -1, 4))).toEqual({ peak: 6, baseline: -1 });
    expect(traceRange([3])).toEqual({ peak: 0, baseline: 3 });
    expect(() => traceRange([])).toThrow("A trace without frames has no range.");
  });

  test("the threshold is 2", () => {
    expect(DETECTABLE_SNR).toBe(2);
  });
});

describe("sampleFieldAt", () => {
  const { field, pixel_size_um, samples } = oracles.sample_field_at;
  const shape = { height: field.length, width: field[0]!.length };

  test.each(samples)("oracle: (%d, %d) µm", (y, x, value) => {
    expect(sampleFieldAt(field.flat(), shape, pixel_size_um, y!, x!)).toBe(value);
  });

  test("takes the nearest pixel, the even one at halfway, the outermost beyond", () => {
    const row = [0, 1, 2, 3];
    const at = (x: number) => sampleFieldAt(row, { height: 1, width: 4 }, 1, 0, x);
    expect([-1.5, -1.01, -1, -0.99, 0, 0.99, 1, 1.01].map(at)).toEqual([0, 0, 0, 1, 2, 2, 2, 3]);
    expect([-9, 9].map(at)).toEqual([0, 3]);
  });

  test("every pixel's centre gives that pixel", () => {
    const values = field.flat();
    values.forEach((value, i) => {
      const y = (Math.floor(i / shape.width) - (shape.height - 1) / 2) * pixel_size_um;
      const x = ((i % shape.width) - (shape.width - 1) / 2) * pixel_size_um;
      expect(sampleFieldAt(values, shape, pixel_size_um, y, x)).toBe(value);
    });
  });

  test("a field smaller than its shape is refused", () => {
    expect(() => sampleFieldAt([1, 2], { height: 2, width: 2 }, 1, 0.5, 0.5)).toThrow(
      "A field of 2 values has none at row 1 and column 1 of 2 × 2.",
    );
    expect(() => sampleFieldAt([], { height: 0, width: 0 }, 1, 0, 0)).toThrow(RangeError);
  });
});

describe("counts", () => {
  test.each([
    [1, 1, "uint8"],
    [8, 255, "uint8"],
    [9, 511, "uint16"],
    [16, 65535, "uint16"],
  ] as const)("%d bits: up to %d, in %s", (bits, largest, dtype) => {
    expect(maxCount(bits)).toBe(largest);
    expect(countsDtype(bits)).toBe(dtype);
  });

  test.each([0, 17, 9.5, Number.NaN])("%d bits are refused", (bits) => {
    expect(() => countsDtype(bits)).toThrow(`a whole number from 1 to 16, not ${bits}.`);
  });
});

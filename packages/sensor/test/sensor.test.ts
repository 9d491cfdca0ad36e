// Electrons, noise, detection and containers.
import {
  countsDtype,
  DETECTABLE_SNR,
  detectionSnr,
  expectedElectrons,
  maxCount,
  noiseSigmaE,
  sampleFieldAt,
  traceRange,
} from "@minisim/sensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const positive = (max: number) => fc.double({ min: 1e-3, max, noNaN: true });
// Float64 formulas of a few operations.
const RELATIVE = 1e-12;

describe("electrons", () => {
  test("are light × photons per unit × quantum efficiency, none for negative light", () => {
    const exposure = { photons_per_unit: 200, quantum_efficiency: 0.5 };
    expect(expectedElectrons(3, exposure)).toBe(300);
    expect(expectedElectrons(-3, exposure)).toBe(0);
  });

  test("carry shot noise and read noise in quadrature", () => {
    expect(noiseSigmaE(16, 3)).toBe(5);
    expect(noiseSigmaE(0, 2)).toBe(2);
  });
});

describe("detection", () => {
  test.each(oracles.detection_snr)("oracle: ΔF $peak over $baseline", (row) => {
    const { peak, baseline, gain, read_e, snr } = row;
    const computed = detectionSnr({ peak, baseline, gain, read_noise_e: read_e });
    expect(Math.abs(computed / snr - 1)).toBeLessThan(RELATIVE);
  });

  test("without noise any rise is certain, and no rise is nothing", () => {
    const silent = { baseline: 0, gain: 1, read_noise_e: 0 };
    expect(detectionSnr({ ...silent, peak: 1e-9 })).toBe(Number.POSITIVE_INFINITY);
    expect(detectionSnr({ ...silent, peak: 0 })).toBe(0);
    expect(detectionSnr({ peak: 1, baseline: 1, gain: 0, read_noise_e: 0 })).toBe(0);
  });

  test("more light never hurts, a brighter baseline or more read noise never helps", () => {
    fc.assert(
      fc.property(
        positive(100),
        positive(100),
        positive(1e4),
        positive(50),
        (peak, baseline, gain, read_noise_e) => {
          const input = { peak, baseline, gain, read_noise_e };
          const snr = detectionSnr(input);
          expect(detectionSnr({ ...input, gain: 2 * gain })).toBeGreaterThan(snr);
          expect(detectionSnr({ ...input, baseline: 2 * baseline })).toBeLessThan(snr);
          expect(detectionSnr({ ...input, read_noise_e: 2 * read_noise_e })).toBeLessThan(snr);
          // The noise depends on the baseline alone: doubling a number is exact.
          expect(detectionSnr({ ...input, peak: 2 * peak })).toBe(2 * snr);
        },
      ),
    );
  });

  test("shot noise alone: four times the light, twice the SNR", () => {
    const shot = { peak: 5, baseline: 1.5, read_noise_e: 0 };
    const ratio = detectionSnr({ ...shot, gain: 40 }) / detectionSnr({ ...shot, gain: 10 });
    expect(Math.abs(ratio - 2)).toBeLessThan(RELATIVE);
  });

  test("the range of a trace", () => {
    expect(traceRange(Float64Array.of(2, 5, -1, 4))).toEqual({ peak: 6, baseline: -1 });
    expect(traceRange([3])).toEqual({ peak: 0, baseline: 3 });
    expect(() => traceRange([])).toThrow("A trace without frames has no range.");
  });

  test("the threshold is 3", () => {
    expect(DETECTABLE_SNR).toBe(3);
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

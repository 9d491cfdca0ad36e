// Detectability and occlusion: what only the whole scene can tell of a cell, worked out by hand.

import { groundTruth } from "@minisim/finalize";
import { denseSeries, facts, observedFootprints, type Put, slots } from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { describe, expect, test } from "vitest";
import { activityOf, cellAt, FOV, opticsOf, planOf, type Scenario } from "./plans.ts";

// Canvas 12 × 14, FOV rows 3 to 8 and columns 3 to 10.
const inside = cellAt(5, 6);
const straddling = cellAt(1, 4, 3, 1);

describe("detectability", () => {
  const exposure = exposureWith({ photons_per_unit: 10, quantum_efficiency: 0.5, read_noise_e: 2 });
  const field = (value: number) => ({ ...FOV, data: new Float64Array(48).fill(value) });
  const snrOf = ({ put = [], ...scenario }: Scenario & { put?: Put[] }, trace = [1, 2, 3, 4]) =>
    groundTruth(
      planOf({
        cells: [inside],
        announce: [facts.exposure.of(exposure)],
        ...scenario,
        compile: () => ({ put: [slots.activity.of(activityOf([trace])), ...put] }),
      }),
    );
  const snr = (scenario: Parameters<typeof snrOf>[0]) => snrOf(scenario).detection_snr.data[0];

  test("is ΔF·g / √(base·g + read²)", () => {
    // ΔF = 3, base = 1, g = 5: 15 / √(5 + 4) = 5, without optics, fields or vessels.
    expect(snr({})).toBe(5);
    expect([...snrOf({}).detectable.data]).toEqual([1]);
  });

  test("counts brightness, excitation, collection and transmission into g", () => {
    // g = 5 · 0.8 · 0.5 · 0.5 · 0.5 = 0.5: 1.5 / √4.5.
    const shaded = snr({
      announce: [
        facts.exposure.of(exposure),
        facts.excitation.of(field(0.5)),
        facts.collection.of(field(0.5)),
      ],
      put: [
        slots.optics.of(opticsOf(0.8)),
        slots.transmission.of(new Float64Array(12 * 14).fill(0.5)),
      ],
    });
    // three products and a root in float64
    expect(Math.abs(shaded! / (1.5 / Math.sqrt(4.5)) - 1)).toBeLessThan(1e-12);
  });

  test("reads excitation and transmission at the cell's own pixel", () => {
    const excitation = field(0);
    excitation.data[2 * 8 + 3] = 1;
    const transmission = new Float64Array(12 * 14);
    transmission[5 * 14 + 6] = 1;
    const announce = [facts.exposure.of(exposure), facts.excitation.of(excitation)];
    expect(snr({ announce, put: [slots.transmission.of(transmission)] })).toBe(5);
  });

  test("takes the mean of excitation that changes in time", () => {
    // g = 5 · (0 + 1 + 2 + 1) / 4, as under steady light of 1; and half of it where half of the frames are dark.
    const lit = (...course: number[]) =>
      snr({
        announce: [
          facts.exposure.of(exposure),
          facts.excitation.of(denseSeries(Float64Array.from(course), 4)),
        ],
      });
    expect(lit(0, 1, 2, 1)).toBe(5);
    expect(lit(1, 0, 1, 0)).toBe((3 * 2.5) / Math.sqrt(2.5 + 4));
  });

  test("is reached at an SNR of 3 and missed below it", () => {
    // base 0: SNR = ΔF · 5 / 2, so 3 at ΔF = 1.2; the threshold itself counts.
    const snrAt = (peak: number) => snrOf({}, [0, peak, 0, 0]);
    expect(snrAt(1.2).detection_snr.data[0]).toBe(3);
    expect([...snrAt(1.2).detectable.data]).toEqual([1]);
    expect([...snrAt(1.19).detectable.data]).toEqual([0]);
  });

  test("is certain without any noise, and nothing without a rise", () => {
    const quiet = { announce: [facts.exposure.of({ ...exposure, read_noise_e: 0 })] };
    expect(snrOf(quiet, [0, 1, 0, 0]).detection_snr.data[0]).toBe(Number.POSITIVE_INFINITY);
    expect(snrOf(quiet, [2, 2, 2, 2]).detection_snr.data[0]).toBe(0);
  });

  test("without a sensor is being in focus, with no SNR", () => {
    const truth = groundTruth(
      planOf({
        cells: [inside, straddling],
        compile: () => ({
          put: [
            slots.activity.of(
              activityOf([
                [1, 2, 3, 4],
                [5, 6, 7, 8],
              ]),
            ),
            slots.optics.of(opticsOf(1, 1)),
          ],
        }),
      }),
    );
    expect([...truth.detectable.data]).toEqual([0, 1]);
    expect([...truth.detection_snr.data]).toEqual([Number.NaN, Number.NaN]);
  });

  test("without a trace is false, with an SNR of 0", () => {
    const truth = groundTruth(planOf({ cells: [inside], announce: [facts.exposure.of(exposure)] }));
    expect([...truth.detectable.data]).toEqual([0]);
    expect([...truth.detection_snr.data]).toEqual([0]);
  });
});

describe("vessel_overlap_fraction", () => {
  const overlap = (transmission: (row: number, col: number) => number) => {
    const plan = planOf({
      cells: [cellAt(5, 6, 1, 2), straddling],
      compile: () => ({
        put: slots.transmission.of(
          Float64Array.from({ length: 12 * 14 }, (_, i) =>
            transmission(Math.floor(i / 14), i % 14),
          ),
        ),
      }),
    });
    return [...groundTruth(plan).vessel_overlap_fraction!.data];
  };

  test("is the share of the cell's light that the vessels take, on the canvas", () => {
    // Cell 0 loses all of one of two pixels; cell 1 half of one of three, the one beyond the FOV.
    const mask = (row: number, col: number) => {
      if (row === 5 && col === 7) return 0;
      return row === 1 ? 0.5 : 1;
    };
    // one division and one subtraction in float64
    expect(overlap(mask)[0]).toBeCloseTo(0.5, 12);
    expect(overlap(mask)[1]).toBeCloseTo(1 / 6, 12);
  });

  test("is 0 in the open", () => {
    expect(overlap(() => 1)).toEqual([0, 0]);
  });

  test("is of the observed light where optics ran", () => {
    const plan = planOf({
      cells: [cellAt(5, 6)],
      compile: () => ({
        put: [
          slots.optics.of({ ...opticsOf(1), sigma_px: Float64Array.of(1) }),
          slots.transmission.of(
            Float64Array.from({ length: 168 }, (_, i) => (i === 5 * 14 + 6 ? 0 : 1)),
          ),
        ],
      }),
    });
    const [fraction] = groundTruth(plan).vessel_overlap_fraction!.data;
    const { data } = observedFootprints(plan.scene).at(0);
    const total = data.reduce((sum, value) => sum + value, 0);
    // Sums of about fifty float32 values.
    expect(fraction).toBeCloseTo(Math.max(...data) / total, 5);
    expect(fraction).toBeLessThan(0.2);
  });
});

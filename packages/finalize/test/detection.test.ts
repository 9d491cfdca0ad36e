// Detectability and occlusion: what only the whole scene can tell of a cell, worked out by hand.

import { DETECTABLE_DPRIME, groundTruth } from "@minisim/finalize";
import {
  accumulate,
  facts,
  type Instruction,
  modulate,
  observedFootprints,
  slots,
} from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { describe, expect, test } from "vitest";
import { activityOf, cellAt, opticsOf, planOf, type Scenario } from "./plans.ts";

// Canvas 12 × 14, FOV rows 3 to 8 and columns 3 to 10.
const inside = cellAt(5, 6);
const straddling = cellAt(1, 4, 3, 1);

describe("detectability", () => {
  // Counts so fine that rounding them adds nothing.
  const exposure = exposureWith({
    photons_per_unit: 10,
    quantum_efficiency: 0.5,
    read_noise_e: 2,
    counts_per_e: 1e9,
    max_count: Infinity,
  });
  const everywhere = (value: number) => new Float64Array(12 * 14).fill(value);
  const announce = [facts.exposure.of(exposure)];

  /** The truth of one cell with this trace, its light followed by these instructions. */
  const truthOf = (
    behind: readonly Instruction[] = [],
    trace: readonly number[] = [1, 2, 3, 4],
    scenario: Scenario = {},
  ) =>
    groundTruth(
      planOf({
        cells: [inside],
        announce,
        ...scenario,
        compile({ scene }) {
          const activity = activityOf([[...trace]]);
          const light = accumulate(observedFootprints(scene), { per_frame: [activity.C] });
          return { put: slots.activity.of(activity), frames: [light, ...behind] };
        },
      }),
    );
  const snr = (...given: Parameters<typeof truthOf>) => truthOf(...given).detection_snr.data[0]!;
  // A few products and a root in float64, and footprints in float32.
  const near = (value: number, wanted: number) =>
    expect(Math.abs(value / wanted - 1)).toBeLessThan(1e-6);

  test("is ΔF·g / √(base·g + read²)", () => {
    // ΔF = 3, base = 1, g = 5: 15 / √(5 + 4).
    near(snr(), 5);
  });

  test("counts all that happens to the light behind the cells into g", () => {
    // g = 5 · 0.5 · 0.5: 3.75 / √(1.25 + 4).
    const behind = [modulate(everywhere(0.5)), modulate(everywhere(0.5))];
    near(snr(behind), 3.75 / Math.sqrt(5.25));
  });

  test("counts all other light in the pixel as noise, and in other pixels not", () => {
    const glow = (data: Float64Array) =>
      accumulate({ count: 1, height: 12, width: 14, data }, { constant: Float64Array.of(2) });
    // 2 units are 10 e⁻: 15 / √(5 + 10 + 4).
    near(snr([glow(everywhere(1))]), 15 / Math.sqrt(19));
    const elsewhere = everywhere(1);
    elsewhere[5 * 14 + 6] = 0;
    near(snr([glow(elsewhere)]), 5);
  });

  test("reads what happens to the light at the cell's own pixel", () => {
    const window = everywhere(0);
    window[5 * 14 + 6] = 1;
    near(snr([modulate(window)]), 5);
  });

  test("takes the mean of what changes in time", () => {
    const lit = (...course: number[]) => snr([modulate(everywhere(1), Float64Array.from(course))]);
    near(lit(0, 1, 2, 1), 5);
    near(lit(1, 0, 1, 0), (3 * 2.5) / Math.sqrt(2.5 + 4));
  });

  test("is reached at a d′ of 20 and missed below it", () => {
    // All of the cell is one pixel: d′ = ΔF·g / √(mean·g + read²) = 5x / √(1.25x + 4), which is 20 at x = (500 + √410000) / 50 = 22.806.
    const truth = truthOf([], [0, 22.806, 0, 0]);
    expect(truth.transient_dprime!.data[0]! / DETECTABLE_DPRIME - 1).toBeLessThan(1e-4);
    expect([...truthOf([], [0, 22.82, 0, 0]).detectable.data]).toEqual([1]);
    expect([...truthOf([], [0, 22.79, 0, 0]).detectable.data]).toEqual([0]);
  });

  test("is of the cell alone: what a neighbour costs is not asked for", () => {
    // The neighbour lies on both of the pixels of the cell. A demixing of single frames loses by it; who looks in a whole movie does not.
    const truth = groundTruth(
      planOf({
        cells: [cellAt(5, 6, 1, 2), cellAt(5, 6, 1, 3)],
        announce,
        compile({ scene }) {
          const activity = activityOf([
            [0, 14, 0, 0],
            [0, 0, 0, 1],
          ]);
          const light = accumulate(observedFootprints(scene), { per_frame: [activity.C] });
          return { put: slots.activity.of(activity), frames: light };
        },
      }),
    );
    expect(truth.overlap_cost!.data[0]).toBeGreaterThan(1.1);
    expect(truth.transient_dprime!.data[0]).toBeLessThan(DETECTABLE_DPRIME);
    expect(truth.transient_dprime!.data[0]! * truth.overlap_cost!.data[0]!).toBeGreaterThan(
      DETECTABLE_DPRIME,
    );
    expect([...truth.detectable.data]).toEqual([1, 0]);
  });

  test("is nothing without a rise", () => {
    expect(snr([], [2, 2, 2, 2])).toBe(0);
  });

  test("ends where the pixel is full", () => {
    const narrow = { ...exposure, full_well_e: 11 };
    near(snr([], [1, 2, 3, 4], { announce: [facts.exposure.of(narrow)] }), 6 / 3);
  });

  test("asks for half of the light in view", () => {
    // One of three pixels is in the field; then two of three.
    const seen = (top: number) =>
      groundTruth(
        planOf({
          cells: [cellAt(top, 4, 3, 1)],
          announce,
          compile({ scene }) {
            const activity = activityOf([[0, 90, 0, 0]]);
            const light = accumulate(observedFootprints(scene), { per_frame: [activity.C] });
            return { put: slots.activity.of(activity), frames: light };
          },
        }),
      );
    near(seen(1).visible_fraction!.data[0]!, 1 / 3);
    expect([...seen(1).detectable.data]).toEqual([0]);
    near(seen(2).visible_fraction!.data[0]!, 2 / 3);
    expect([...seen(2).detectable.data]).toEqual([1]);
  });

  test("without a sensor is being in focus and in view, with no SNR", () => {
    const traces = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ];
    const flags = (cells: ReturnType<typeof cellAt>[]) => {
      const put = [slots.activity.of(activityOf(traces)), slots.optics.of(opticsOf(0.01, 0.01))];
      const truth = groundTruth(planOf({ cells, compile: () => ({ put }) }));
      expect([...truth.detection_snr.data]).toEqual([Number.NaN, Number.NaN]);
      return [...truth.detectable.data];
    };
    expect(flags([inside, cellAt(6, 8)])).toEqual([0, 1]);
    expect(flags([inside, straddling])).toEqual([0, 0]);
  });

  test("without a trace is false, with an SNR of 0", () => {
    const truth = groundTruth(planOf({ cells: [inside], announce }));
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

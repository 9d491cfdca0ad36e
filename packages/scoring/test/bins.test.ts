// Reports along a property, and the interval of a proportion.
import { binBy, type CellRow, score, wilsonInterval } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { picked, truthAsEstimate } from "./support.ts";

const cell = (depth_um: number, matched: boolean, more: Partial<CellRow> = {}) =>
  ({ depth_um, matched, counted: true, detection_snr: null, trace_corr: null, ...more }) as CellRow;

describe("binBy", () => {
  const cells = [
    cell(0, true, { trace_corr: 0.2 }),
    cell(9.9, true, { trace_corr: 0.6 }),
    cell(10, false, { trace_corr: 0.9 }),
    cell(30, true, { trace_corr: 0.8 }),
    cell(31, true),
    cell(5, false, { counted: false }),
  ];

  test("counts what it shows, edges included below and, in the last bin, above", () => {
    const { bins, n_outside } = binBy({ cells }, "depth_um", [0, 10, 20, 25, 30]);
    expect(bins.map(({ n, n_matched, recall }) => [n, n_matched, recall])).toEqual([
      [2, 2, 1],
      [1, 0, 0],
      [0, 0, null],
      [1, 1, 1],
    ]);
    expect(n_outside).toBe(1);
    expect(bins.map((bin) => bin.median_trace_corr)).toEqual([0.4, null, null, 0.8]);
    expect([bins[0]!.recall_low, bins[0]!.recall_high]).toEqual(wilsonInterval(2, 2));
    expect(bins[2]!.recall_low).toBeNull();
  });

  test("takes the cells that do not count when asked to", () => {
    expect(binBy({ cells }, "depth_um", [0, 9.95], { of: "all" }).bins[0]!.n).toBe(3);
    expect(binBy({ cells }, "depth_um", [0, 9.95]).bins[0]!.n).toBe(2);
  });

  test("leaves out cells without the value", () => {
    const { bins, n_outside } = binBy({ cells }, "detection_snr", [0, Infinity]);
    expect([bins[0]!.n, n_outside]).toEqual([0, 5]);
  });

  test("adds up to the report", async () => {
    const { ground_truth } = await makeRecording({ n_cells: 20, depth_um: [10, 120] });
    const report = score(picked(truthAsEstimate(ground_truth), [0, 3, 4, 8, 9, 15]), ground_truth);
    const { bins, n_outside } = binBy(report, "depth_um", [0, 40, 80, 120]);
    const sum = (name: "n" | "n_matched") => bins.reduce((total, bin) => total + bin[name], 0);
    expect([sum("n"), sum("n_matched"), n_outside]).toEqual([report.n_true, report.n_matched, 0]);
  });

  test("refuses what makes no bins, all at once", () => {
    const attempt = () => binBy({ cells }, "colour" as "depth_um", [3, 2], { of: "some" as "all" });
    expect(attempt).toThrow(
      /not by "colour"\.\n.*two numbers that rise, not \[3, 2\]\.\n.*not of "some"\./,
    );
    expect(() => binBy({ cells }, "depth_um", [1])).toThrow(/at least two numbers/);
  });
});

describe("Wilson's interval", () => {
  test("has its closed forms at no hits, and at half", () => {
    const z2 = 3.841458820694124;
    // p = 0: [0, z² / (n + z²)].
    expect(wilsonInterval(0, 10)).toEqual([0, expect.closeTo(z2 / (10 + z2), 12)]);
    // p = ½: ½ ± ½ z / √(n + z²).
    const half = Math.sqrt(z2 / (10 + z2)) / 2;
    expect(wilsonInterval(5, 10)).toEqual([
      expect.closeTo(0.5 - half, 12),
      expect.closeTo(0.5 + half, 12),
    ]);
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  test("holds the proportion, stays within 0 and 1, and mirrors", () => {
    const counts = fc.integer({ min: 1, max: 500 }).chain((n) => {
      return fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n));
    });
    fc.assert(
      fc.property(counts, ([hits, n]) => {
        const [low, high] = wilsonInterval(hits, n)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(hits / n);
        expect(high).toBeGreaterThanOrEqual(hits / n);
        expect(high).toBeLessThanOrEqual(1);
        const [otherLow] = wilsonInterval(n - hits, n)!;
        expect(otherLow).toBeCloseTo(1 - high, 12);
      }),
    );
  });
});

// The measures of truths that are made by hand.
import { FootprintStack } from "@minisim/footprint";
import { measureTruth, type TruthMeasures } from "@minisim/measures";
import { GroundTruth, nd } from "@minisim/recording";
import { describe, expect, test } from "vitest";
import { eventsOf } from "../src/truth/events.ts";
import { peaksOf } from "../src/truth/peaks.ts";

const FPS = 20;
const FRAMES = 20 * 60;
const CANVAS = { height: 40, width: 60 };

interface MadeCell {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
  readonly spikes: readonly number[];
  readonly detectable?: boolean;
}

/** Even patches; each spike lifts a trace at 0.5 by 1, which halves in 0.3 s. The field of view is the canvas less its margin. */
function truthOf(cells: readonly MadeCell[], margin = 0): GroundTruth {
  const count = cells.length;
  const C = new Float64Array(count * FRAMES).fill(0.5);
  const S = new Float64Array(count * FRAMES);
  cells.forEach(({ spikes }, cell) => {
    for (const spike of spikes) {
      S[cell * FRAMES + spike]!++;
      for (let t = spike; t < FRAMES; t++) C[cell * FRAMES + t]! += 2 ** (-(t - spike) / 6);
    }
  });
  const each = (value: number) => nd(new Float64Array(count).fill(value), [count]);
  const flags = (of: (cell: MadeCell) => boolean) =>
    nd(
      Uint8Array.from(cells, (cell) => (of(cell) ? 1 : 0)),
      [count],
    );
  return new GroundTruth({
    planted: FootprintStack.from(
      cells.map(({ row, col, height, width }) => {
        return { row, col, height, width, data: new Float32Array(height * width).fill(2) };
      }),
      CANVAS,
    ),
    fov_offset: [margin, margin],
    fov_shape: [CANVAS.height - 2 * margin, CANVAS.width - 2 * margin],
    C: nd(C, [count, FRAMES]),
    S: nd(S, [count, FRAMES]),
    centers_um: nd(new Float64Array(3 * count), [count, 3]),
    amplitude_per_cell: each(1),
    in_focus: flags(() => true),
    detectable: flags(({ detectable = true }) => detectable),
    detection_snr: each(5),
    spike_times_s: { offsets: new Int32Array(count + 1), data: new Float64Array(0) },
    focal_depth_um: 50,
  });
}

const measured = (cells: readonly MadeCell[], margin?: number): TruthMeasures =>
  measureTruth(truthOf(cells, margin), { fps: FPS, pixel_size_um: 2 });

const SQUARE = { height: 6, width: 6 };

describe("cells in a minute of 20 Hz", () => {
  const { activity } = measured([
    { row: 2, col: 2, ...SQUARE, spikes: [200] },
    { row: 12, col: 2, ...SQUARE, spikes: [200, 210, 600, 1000] },
    { row: 22, col: 2, ...SQUARE, spikes: [] },
    { row: 2, col: 22, ...SQUARE, spikes: Array.from({ length: 10 }, (_, k) => 100 + 101 * k) },
  ]);

  test("fire at their rates", () => {
    const { 50: half, 99: most, n } = activity!.active_frames_per_min;
    expect([half, n]).toEqual([2.5, 4]);
    // Between the two busiest: 0.97 of the way from 4 to 10.
    expect(most).toBeCloseTo(9.82, 12);
    expect(activity!.rate_hz[50]).toBeCloseTo(2.5 / 60, 12);
    expect(activity!.silent_share).toBe(1 / 4);
    // log10 of 1, 4 and 10.
    const logs = [0, Math.log10(4), 1];
    const mean = (logs[1]! + 1) / 3;
    const variance = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3;
    expect(activity!.log10_rate_sd).toBeCloseTo(Math.sqrt(variance), 12);
  });

  test("rise over their rest", () => {
    // One spike: 1.5 / 0.5 − 1 = 2; two that are 10 frames apart: 2 (1 + 2^(−10/6)).
    expect(activity!.peak_dff[1]).toBeCloseTo(0.03 * 2, 2);
    expect(activity!.peak_dff[99]).toBeCloseTo(2 * (1 + 2 ** (-10 / 6)), 1);
  });

  test("have transients that halve as the kernel does", () => {
    expect(activity!.events_per_min.n).toBe(4);
    // The Gaussian of 2 frames turns the onset into a slope: from its peak on, a frame or two more than 6.
    expect(activity!.half_decay_s[50]).toBeGreaterThanOrEqual(0.3);
    expect(activity!.half_decay_s[50]).toBeLessThanOrEqual(0.4);
  });

  test("correlate where they fire together", () => {
    // Three pairs of cells that are not silent.
    expect(activity!.trace_correlation.n).toBe(3);
    expect(activity!.trace_correlation[99]).toBeGreaterThan(0.4);
    // The second and the fourth have the seconds 10 (two active frames and one), 30 and 50 in common, of 60 seconds with 4 and 10 active frames.
    const covariance = 4 / 60 - (4 / 60) * (10 / 60);
    const variances = (6 / 60 - (4 / 60) ** 2) * (10 / 60 - (10 / 60) ** 2);
    expect(activity!.spike_correlation_1s[50]).toBeCloseTo(covariance / Math.sqrt(variances), 12);
  });
});

test("peaks are those of the definition: plateaus, distance, prominence", () => {
  //                              0  1  2  3  4  5  6  7  8  9  10
  const trace = Float64Array.of(9, 0, 4, 4, 3, 5, 0, 3, 2.5, 3.1, 0);
  expect(peaksOf(trace, 0.01, 1)).toEqual([2, 5, 7, 9]);
  // What is 2 frames from a higher one goes.
  expect(peaksOf(trace, 0.01, 3)).toEqual([2, 5, 9]);
  // The peak at 7 rises by half above what is between it and the one at 9.
  expect(peaksOf(trace, 0.6, 1)).toEqual([2, 5, 9]);
  expect(peaksOf(trace, 2, 1)).toEqual([5, 9]);
});

test("a trace that is flat has no events", () => {
  expect(eventsOf(400, FPS)(new Float64Array(400).fill(3))).toEqual({
    peaks: [],
    half_decays_s: [],
  });
});

test("sizes, shapes and overlap of patches", () => {
  const { footprints, n_cells } = measured([
    { row: 4, col: 4, height: 6, width: 6, spikes: [] },
    // Shares its left third with the first.
    { row: 4, col: 8, height: 6, width: 6, spikes: [] },
    { row: 30, col: 40, height: 3, width: 12, spikes: [] },
  ]);
  expect(n_cells).toBe(3);
  expect(footprints.fwhm_px[50]).toBeCloseTo(2 * Math.sqrt(36 / Math.PI), 12);
  expect(footprints.fwhm_um[50]).toBeCloseTo(4 * Math.sqrt(36 / Math.PI), 12);
  // Second moments of n pixels in a row, unbiased by 36 of 35, and of a pixel: (n² − 1) / 12 · 36 / 35 + 1 / 12.
  const moment = (n: number) => (((n * n - 1) / 12) * 36) / 35 + 1 / 12;
  expect(footprints.axis_ratio[50]).toBeCloseTo(1, 12);
  expect(footprints.axis_ratio[99]).toBeCloseTo(
    1 + 0.98 * (Math.sqrt(moment(12) / moment(3)) - 1),
    12,
  );
  expect(footprints.nearest_over_fwhm[50]).toBeCloseTo(4 / (2 * Math.sqrt(36 / Math.PI)), 12);
  expect(footprints.shared_light).toMatchObject({ 50: 1 / 3, 1: expect.closeTo(0.02 / 3, 12) });
  expect(footprints.neighbours).toMatchObject({ 50: 1, 1: 0.02, n: 3 });
});

test("cells beyond the edge do not count; sizes are of those that can be found", () => {
  const cells = [
    { row: 10, col: 10, height: 6, width: 6, spikes: [] },
    { row: 20, col: 20, height: 4, width: 4, spikes: [], detectable: false },
    // Two of their six columns are in view.
    { row: 10, col: 1, height: 6, width: 6, spikes: [] },
  ];
  const { n_cells, footprints } = measured(cells, 5);
  expect(n_cells).toBe(2);
  expect(footprints).toMatchObject({ shapes_of: "detectable", fwhm_px: { n: 1 } });
  const none = measured(
    cells.map((cell) => ({ ...cell, detectable: false })),
    5,
  );
  expect(none.footprints).toMatchObject({ shapes_of: "in_view", fwhm_px: { n: 2 } });
});

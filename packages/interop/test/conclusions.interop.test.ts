// Scores of events, counts, ΔF/F, transients and correlations between cells, as NumPy and SciPy count them from the exported truth. Needs
// .venv-interop (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { exportRecording } from "@minisim/interop";
import { roiMean, score } from "@minisim/scoring";
import { simulate } from "minisim";
import { expect, test } from "vitest";
import { encodeNpy } from "../src/npy/index.ts";
import { temporaryFolder } from "./folder.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("conclusions.py", import.meta.url));
const at = temporaryFolder();
const FPS = 20;

const PAIR_SCORES = [
  "dff_error",
  "count_corr_100ms",
  "count_corr_500ms",
  "count_corr_1s",
  "event_f1",
] as const;

interface Theirs {
  readonly pairs: Record<(typeof PAIR_SCORES)[number], number>[];
  readonly transients: { readonly cells: number[]; readonly shares: number[] }[];
  readonly pairwise: {
    readonly bias: number;
    readonly corr: number;
    readonly rank_corr: number;
    readonly estimated_spread: number[];
  };
}

test("means over the true footprints, and late spikes among false ones", async () => {
  const recording = await simulate({
    acquisition: {
      duration_s: 10,
      fps: FPS,
      optics: { magnification: 3 },
      image_sensor: { n_px_height: 90, n_px_width: 110, pixel_pitch_um: 6 },
    },
    seed: 4,
    steps: [
      { kind: "place_neurons", density_per_mm3: 20000, depth_range_um: [20, 90] },
      { kind: "cell_activity", rate_hz: 2, burst_mean: 4 },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "sensor", photons_per_um2_s: 1500 },
    ],
  });
  const truth = recording.ground_truth;
  const { footprints, C } = await roiMean(recording);
  const [units, frames] = truth.S.shape as [number, number];
  // Every spike a frame late, each third of another size, and a false one in every 25th frame: few sizes, so that all thresholds are tried.
  const S = Float64Array.from({ length: units * frames }, (_, k) => {
    const t = k % frames;
    const late = t > 0 ? truth.S.data[k - 1]! : 0;
    return late * (1 + (t % 3)) + (t % 25 === 7 ? 1.5 : 0);
  });
  const active = Array.from({ length: units }, (_, i) => {
    return S.subarray(i * frames, (i + 1) * frames).filter((value) => value > 0).length;
  });
  expect(Math.max(...active)).toBeLessThan(40);
  const [height, width] = truth.fov_shape;
  const [top, left] = truth.fov_offset;
  const images = truth.observed_footprints.toDense({ top, left, height, width });
  const arrays = {
    A: { shape: [units, height, width], data: images },
    C: { shape: C!.shape, data: Float64Array.from(C!.data) },
    S: { shape: [units, frames], data: S },
  };
  await exportRecording(recording, "npz", at("truth.npz"));
  for (const [name, array] of Object.entries(arrays)) {
    await writeFile(at(`${name}.npy`), encodeNpy(array));
  }
  const estimate = { footprints, C: arrays.C, S: arrays.S };
  const report = score(estimate, truth, { fps: FPS, footprint_shift: null });
  const matched = report.estimates.filter(({ status }) => status === "matched");
  expect(matched.length).toBeGreaterThan(5);
  const cells = report.estimates.filter(({ status }) => status !== "false_positive");
  const [one, all] = [matched, cells].map((rows) => rows.map((row) => [row.estimate, row.cell]));
  await writeFile(at("pairs.json"), JSON.stringify({ matched: one, cells: all }));
  const files = ["truth.npz", "A.npy", "C.npy", "S.npy", "pairs.json"].map((name) => at(name));
  const tolerance = String(report.event_tolerance_frames);
  const { stdout } = await promisify(execFile)(python, [script, ...files, String(FPS), tolerance]);
  const theirs: Theirs = JSON.parse(stdout);

  for (const [k, row] of matched.entries()) {
    // Sums of 200 terms in another order.
    for (const name of PAIR_SCORES) expect(row[name], name).toBeCloseTo(theirs.pairs[k]![name], 9);
  }
  let misattributed = 0;
  for (const row of report.estimates) {
    const { cells, shares } = theirs.transients[row.estimate]!;
    expect(row.n_transients).toBe(cells.length);
    expect(row.n_nobodys).toBe(cells.filter((cell) => cell < 0).length);
    for (const { cell, n_transients, share } of row.attribution) {
      expect(n_transients).toBe(cells.filter((other) => other === cell).length);
      expect(share).toBeCloseTo(shares[cell]!, 6);
    }
    if (row.status !== "matched") continue;
    const others = cells.filter((cell) => cell !== row.cell).length;
    expect(row.n_misattributed).toBe(others);
    misattributed += others;
  }
  expect(misattributed).toBeGreaterThan(0);
  expect(report.n_misattributed).toBe(misattributed);
  const { bias, corr, rank_corr, estimated_spread } = report.pairwise_correlation;
  expect(bias).toBeCloseTo(theirs.pairwise.bias, 9);
  expect(corr).toBeCloseTo(theirs.pairwise.corr, 9);
  expect(rank_corr).toBeCloseTo(theirs.pairwise.rank_corr, 9);
  for (const [k, value] of theirs.pairwise.estimated_spread.entries()) {
    expect(estimated_spread![k]).toBeCloseTo(value, 9);
  }
});

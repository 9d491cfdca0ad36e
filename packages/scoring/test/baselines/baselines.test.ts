// Floor and ceiling: the oracle, the mean over regions, and the naive pipeline.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  demixOracle,
  floorAndCeiling,
  InputError,
  roiMean,
  roiPipeline,
  score,
} from "@minisim/scoring";
import { makeRecording, recordingSpec } from "@minisim/testing";
import { builtinSteps, createSimulator, type Recording, type Simulator, simulate } from "minisim";
import { openRecording, saveRecording } from "minisim/node";
import { beforeAll, describe, expect, test } from "vitest";
import { bright, crowded } from "../support.ts";

let crowd: Recording;
beforeAll(async () => {
  crowd = await crowded();
});

describe("the oracle", () => {
  test("without noise gives back every trace, through motion, vessels, neuropil and bleaching", async () => {
    const recording = await simulate({
      acquisition: {
        optics: { magnification: 3, na: 0.3 },
        image_sensor: { n_px_height: 48, n_px_width: 48, pixel_pitch_um: 6 },
        duration_s: 2,
      },
      steps: [
        {
          kind: "place_neurons",
          positions_um: [
            [30, 0, 0],
            [60, 8, 5],
            [50, -12, 3],
            [40, -20, 20],
          ],
        },
        { kind: "cell_activity", rate_hz: 8, rate_log10_sd: 0, silent_fraction: 0 },
        { kind: "bleaching", bleach_susceptibility: 0.02 },
        { kind: "optics" },
        { kind: "composite" },
        { kind: "neuropil", n_components: 3 },
        { kind: "vasculature", enabled: true, layers: [{}] },
        { kind: "brain_motion", max_shift_um: 3, motion_amplitude_um: 2 },
        { kind: "illumination_profile" },
        { kind: "vignette" },
        { kind: "leakage" },
      ],
    });
    const { C, worst_violation, background_names } = await demixOracle(recording, {
      tolerance: 1e-9,
    });
    expect((await demixOracle(recording)).worst_violation).toBeLessThanOrEqual(1e-6);
    expect(worst_violation).toBeLessThanOrEqual(1e-9);
    expect(background_names).toEqual([
      "neuropil_0",
      "neuropil_1",
      "neuropil_2",
      "leakage",
      "constant",
    ]);
    const truth = recording.ground_truth;
    const { cells } = score(
      { footprints: truth.observed_footprints.crop(fov(recording)), C },
      truth,
      {
        restrict_to_detectable: false,
      },
    );
    for (const { trace_corr } of cells) expect(trace_corr).toBeGreaterThan(0.999);
  });

  test("weights are counts per unit of emission", async () => {
    // On a pedestal: in the dark the sensor clips its noise at 0, which lifts the tails of every cell.
    const pedestal = { kind: "leakage", profile: "uniform", level: 0.5 };
    const recording = await makeRecording({ n_cells: 12, extra_steps: [pedestal] });
    const { C } = await demixOracle(recording);
    const truth = recording.ground_truth.C.data;
    // photons per unit × quantum efficiency × counts per electron.
    const scale = 40 * 0.7;
    let [product, square] = [0, 0];
    for (const [k, value] of truth.entries()) {
      product += value * C.data[k]!;
      square += value * value;
    }
    // 480 weights of a few percent noise each, most of it shared by neighbouring pixels of no cell: 0.3 % of the slope.
    expect(Math.abs(product / square / scale - 1)).toBeLessThan(0.01);
  });

  test("refuses a recording that the steps at hand would not make again", async () => {
    const recording = await makeRecording({ n_cells: 1, n_px: 16 });
    const without = createSimulator({
      steps: builtinSteps.filter(({ kind }) => kind !== "sensor"),
    });
    await expect(demixOracle(recording, { simulator: without })).rejects.toThrow(
      /^The light of this recording cannot be computed again: its spec has steps that the simulator lacks/,
    );
    const revised = createSimulator({
      steps: builtinSteps.map((step) => ({ ...step, revision: step.revision + 1 })),
    });
    await expect(demixOracle(recording, { simulator: revised as Simulator })).rejects.toThrow(
      /^The light of this recording cannot be computed again: the steps have other revisions/,
    );
  });

  test("of a movie without cells is its background", async () => {
    const { C, background, background_names } = await demixOracle(
      await makeRecording({
        n_cells: 0,
        n_px: 16,
        sensor: { photons_per_um2_s: 40_000 },
        extra_steps: [{ kind: "leakage", profile: "uniform", level: 0.05 }],
      }),
    );
    expect(C.shape).toEqual([0, 40]);
    expect(background_names).toEqual(["leakage", "constant"]);
    expect(background.shape).toEqual([2, 40]);
  });
});

function fov({ ground_truth }: Recording) {
  const [top, left] = ground_truth.fov_offset;
  const [height, width] = ground_truth.fov_shape;
  return { top, left, height, width };
}

describe("floor and ceiling", () => {
  test("enclose what can be had of a crowd: the oracle is better on nearly every cell", async () => {
    const { floor, ceiling } = await floorAndCeiling(crowd, { restrict_to_detectable: false });
    expect([floor.recall, ceiling.recall]).toEqual([1, 1]);
    const better = ceiling.cells.filter(
      (cell, i) => cell.trace_corr! > floor.cells[i]!.trace_corr!,
    );
    // A sign test: with no difference, 14 or more of 16 have the probability 137 / 65536 = 0.2 %.
    expect(better.length).toBeGreaterThanOrEqual(14);
    expect(ceiling.median_trace_corr!).toBeGreaterThan(floor.median_trace_corr! + 0.05);
  });

  test("are the same read from a store, block by block", async () => {
    const folder = await mkdtemp(join(tmpdir(), "minisim-testing-"));
    try {
      const path = join(folder, "crowd.zarr");
      await saveRecording(crowd, path);
      const stored = await openRecording(path);
      for (const analyse of [roiMean, demixOracle, roiPipeline]) {
        const [inMemory, fromDisk] = [await analyse(crowd), await analyse(stored)];
        expect(fromDisk.C.shape).toEqual(inMemory.C.shape);
        expect(Buffer.compare(bytes(fromDisk.C.data), bytes(inMemory.C.data))).toBe(0);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("stop when aborted, and say how far they are", async () => {
    const reason = new Error("enough");
    const control = new AbortController();
    const seen: number[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      seen.push(done / total);
      if (done === 20) control.abort(reason);
    };
    await expect(roiMean(crowd, { signal: control.signal, onProgress })).rejects.toBe(reason);
    expect(seen.length).toBe(20);
    expect(seen.at(-1)).toBe(20 / 200);
  });
});

const bytes = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array) =>
  Buffer.from(buffer, byteOffset, byteLength);

test("a recording without a movie is refused", async () => {
  const cellsOnly = await simulate(recordingSpec({ n_px: 16 }), { until: "optics" });
  await expect(roiMean(cellsOnly)).rejects.toThrow(/^The recording has 0 frames of 40: /);
});

describe("the mean over regions", () => {
  test("is the change of brightness above its 10th percentile", async () => {
    const { C } = await roiMean(await bright());
    const [cells, frames] = C.shape as [number, number];
    expect([cells, frames]).toEqual([12, 100]);
    for (let i = 0; i < cells; i++) {
      const trace = C.data.slice(i * frames, (i + 1) * frames).sort();
      expect(trace[10]).toBe(0);
      expect(trace[99]).toBeGreaterThan(0);
    }
  });
});

describe("the naive pipeline", () => {
  test("finds bright cells that stand apart, and little else", async () => {
    const recording = await bright();
    const report = score(await roiPipeline(recording, { radius_um: 6 }), recording.ground_truth);
    expect(report.recall).toBeGreaterThan(0.9);
    expect(report.precision).toBeGreaterThan(0.9);
    expect(report.median_trace_corr!).toBeGreaterThan(0.95);
  });

  test("finds less of a crowd than of the same cells apart", async () => {
    const { recall } = score(await roiPipeline(crowd), crowd.ground_truth, {
      restrict_to_detectable: false,
    });
    expect(recall).toBeLessThan(0.7);
  });

  test("finds nothing in noise", async () => {
    const { footprints } = await roiPipeline(
      await makeRecording({
        n_cells: 0,
        extra_steps: [{ kind: "leakage", profile: "uniform", level: 2 }],
      }),
    );
    expect(footprints.length).toBe(0);
  });

  test("refuses options out of range, all at once", async () => {
    const attempt = roiPipeline(crowd, { radius_um: 0, peak_to_noise: Number.NaN });
    await expect(attempt).rejects.toThrow(InputError);
    await expect(attempt).rejects.toThrow(
      /radius_um must be a number above 0, not 0\.\n.*peak_to_noise must be a number above 0, not NaN\./,
    );
  });
});

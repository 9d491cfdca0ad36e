// The default matching of scores, as NumPy and SciPy count it from the exported truth. Needs .venv-interop (.ci/interop-venv.sh);
// fails without it.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FootprintStack } from "@minisim/footprint";
import { exportRecording, readEstimate } from "@minisim/interop";
import type { Recording } from "@minisim/recording";
import { roiPipeline, score } from "@minisim/scoring";
import { simulate } from "minisim";
import { beforeAll, expect, test } from "vitest";
import { encodeNpy } from "../src/npy/index.ts";
import { temporaryFolder } from "./folder.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("likeness.py", import.meta.url));
const at = temporaryFolder();

let recording: Recording;
beforeAll(async () => {
  recording = await simulate({
    acquisition: {
      duration_s: 5,
      optics: { magnification: 3 },
      image_sensor: { n_px_height: 90, n_px_width: 110, pixel_pitch_um: 6 },
    },
    seed: 4,
    steps: [
      { kind: "place_neurons", density_per_mm3: 20000, depth_range_um: [20, 90] },
      { kind: "cell_activity", rate_hz: 6, burst_mean: 4 },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "sensor", photons_per_um2_s: 1500 },
    ],
  });
  await exportRecording(recording, "npz", at("truth.npz"));
});

test.each(["the true footprints, cut and shifted", "a pipeline's"])("%s", async (which) => {
  const truth = recording.ground_truth;
  const [height, width] = truth.fov_shape;
  const [top, left] = truth.fov_offset;
  const cut = (stack: FootprintStack) => {
    const dense = stack.toDense();
    const size = height * width;
    for (let i = 0; i < stack.length; i++) {
      const image = dense.subarray(i * size, (i + 1) * size);
      const peak = image.reduce((most, weight) => Math.max(most, weight), 0);
      for (let k = 0; k < size; k++) if (image[k]! < peak / 2) image[k] = 0;
    }
    return FootprintStack.fromDense(dense, { height, width });
  };
  const footprints =
    which === "a pipeline's"
      ? (await roiPipeline(recording)).footprints
      : cut(truth.observed_footprints.crop({ top: top - 1, left: left + 2, height, width }));
  const lit = Array.from({ length: footprints.length }, (_, i) => i).filter((i) =>
    Array.from(footprints.at(i).data).some((weight) => weight > 0),
  );
  const stack = FootprintStack.from(
    lit.map((i) => ({ ...footprints.at(i), data: Float32Array.from(footprints.at(i).data) })),
    { height, width },
  );
  await writeFile(
    at("estimate.npy"),
    encodeNpy({ shape: [stack.length, height, width], data: stack.toDense() }),
  );
  const estimate = await readEstimate(at("estimate.npy"), {
    recording: { shape: recording.observed.shape as [number, number, number], fps: 20 },
  });
  const report = score(estimate, truth, { footprint_shift: null });
  const { stdout } = await promisify(execFile)(python, [
    script,
    at("truth.npz"),
    at("estimate.npy"),
  ]);
  const theirs: { recall: number; pairs: [number, number, number][] } = JSON.parse(stdout);
  expect(theirs.pairs.length).toBeGreaterThan(5);
  expect(report.recall).toBe(theirs.recall);
  const ours = report.estimates.filter(({ status }) => status === "matched");
  expect(ours.map(({ estimate, cell }) => [estimate, cell])).toEqual(
    theirs.pairs.map(([estimate, cell]) => [estimate, cell]),
  );
  for (const [k, [, , likeness]] of theirs.pairs.entries()) {
    // A silent cell has 1e-9 of the brightest one's light in ours, none in theirs; a few of them lie on each cell.
    expect(Math.abs(ours[k]!.similarity! - likeness)).toBeLessThan(1e-8);
  }
});

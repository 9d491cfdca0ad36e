// What h5py, pynwb, nwbinspector and roiextractors make of our HDF5 files, and what we make of theirs. Needs .venv-interop
// (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type GroundTruth, nd } from "@minisim/recording";
import {
  activitySimilarity,
  detectionScores,
  type Estimate,
  matchFootprints,
  shiftRmse,
} from "@minisim/scoring";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { arraySettings, planArrays } from "../src/arrays-estimate.ts";
import { format as caiman } from "../src/caiman/index.ts";
import type { Format } from "../src/contract.ts";
import { format as hdf5 } from "../src/hdf5/index.ts";
import { format as matlab } from "../src/matlab/index.ts";
import { format as nwb } from "../src/nwb/index.ts";
import { Reading } from "../src/reading.ts";
import {
  FRAMES,
  frame,
  HEIGHT,
  left,
  makeSource,
  makeTruth,
  numbers,
  UNITS,
  WIDTH,
} from "./hdf5-make.ts";
import { images } from "./hdf5-parts.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("hdf5_tools.py", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-hdf5-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The results of functions of hdf5_tools.py. */
async function call(...calls: (readonly [string, ...string[]])[]): Promise<unknown[]> {
  const { stdout } = await promisify(execFile)(python, [script, JSON.stringify(calls)]);
  // Libraries print; the results are the last line.
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as unknown[];
}

const sha256 = (data: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))
    .digest("hex");

/** All frames of the movie of `makeSource`. */
function wholeMovie(options: Parameters<typeof makeSource>[0] = {}) {
  const [total, height, width] = options.shape ?? [FRAMES, HEIGHT, WIDTH];
  const first = frame(0, options);
  const movie = new (first.constructor as Uint8ArrayConstructor)(total * height * width);
  for (let t = 0; t < total; t++) movie.set(frame(t, options), t * height * width);
  return movie;
}

const write = async (
  format: Format,
  name: string,
  options: Parameters<typeof makeSource>[0] = {},
) => {
  const path = join(folder, name);
  await format.write!(makeSource(options), path, {});
  return path;
};

describe("h5py", () => {
  test("reads every frame of mov exactly, in each container", async () => {
    const containers = ["uint8", "uint16", "float32"] as const;
    const paths = await Promise.all(
      containers.map((container) => write(hdf5, `${container}.hdf5`, { container })),
    );
    const read = await call(...paths.map((path) => ["movie", path, "mov"] as const));
    expect(read).toEqual(
      containers.map((container) => ({
        shape: [FRAMES, HEIGHT, WIDTH],
        dtype: container,
        sha256: sha256(wholeMovie({ container })),
      })),
    );
  });

  test("reads the whole truth exactly, labelled", async () => {
    const truth = makeTruth();
    const path = await write(hdf5, "truth.hdf5", { truth });
    const [report] = (await call(["fields", path])) as [
      { fields: Record<string, { sha256: string; dims: string[] }>; mov: unknown },
    ];
    expect(report.mov).toEqual({ fr: 20, start_time: 0 });
    const found = report.fields;
    expect(found.C).toMatchObject({ dims: ["unit", "frame"], sha256: sha256(truth.C.data) });
    expect(found.A_observed!.sha256).toBe(sha256(truth.A_observed.data));
    expect(found.shifts!.sha256).toBe(sha256(truth.shifts!.data));
    expect(found.in_focus!.sha256).toBe(sha256(truth.in_focus.data));
    expect(found.amplitude_per_cell!.sha256).toBe(sha256(truth.amplitude_per_cell.data));
    expect(found["spike_times_s/data"]!.sha256).toBe(sha256(truth.spike_times_s.data));
  });
});

/** A truth of more frames than the image is wide: nwbinspector takes shorter movies for transposed. */
function longTruth(frames: number): GroundTruth {
  const array = (...shape: number[]) =>
    nd(
      numbers(
        shape.reduce((a, b) => a * b, 1),
        shape.length,
      ),
      shape,
    );
  return makeTruth({
    C: array(UNITS, frames),
    S: array(UNITS, frames),
    step_fields: [
      left("bleaching", ["unit", "frame"], array(UNITS, frames)),
      left("shifts", ["frame", "axis_yx"], array(frames, 2)),
      left("neuropil_temporal", ["component", "frame"], array(2, frames)),
      left("neuropil_population", ["frame"], array(frames)),
      left("illumination", ["height", "width"], array(HEIGHT, WIDTH)),
    ],
  });
}

describe("NWB", () => {
  const shape = [40, HEIGHT, WIDTH] as const;
  const truth = longTruth(40);
  let path: string;
  beforeAll(async () => {
    path = await write(nwb, "recording.nwb", { truth, shape });
  });

  test("pynwb reads everything exactly, without a warning, and validates it", async () => {
    const [read] = await call(["nwb", path]);
    const spikes = Array.from({ length: UNITS }, (_, unit) => {
      const { offsets, data } = truth.spike_times_s;
      return Array.from(data.subarray(offsets[unit], offsets[unit + 1]));
    });
    const masks = sha256(truth.A_observed.data);
    expect(read).toEqual({
      movie: sha256(wholeMovie({ shape })),
      masks,
      pixels: masks,
      C: sha256(truth.C.data),
      S: sha256(truth.S.data),
      shifts: sha256(truth.shifts!.data),
      illumination: sha256(truth.illumination!.data),
      spikes,
      rate: 20,
      identifier: expect.stringMatching(/^minisim-[0-9a-f]{32}$/),
      rois_of_units: [0, 1, 2, 3],
      errors: [],
      warnings: [],
    });
  });

  test("nwbinspector has nothing critical to say", async () => {
    const [messages] = (await call(["inspect", path])) as [{ importance: string; check: string }[]];
    const grave = messages.filter(({ importance }) => !importance.startsWith("BEST_PRACTICE"));
    expect(grave).toEqual([]);
    const violations = messages.filter(
      ({ importance }) => importance === "BEST_PRACTICE_VIOLATION",
    );
    // The place is simulated, and the aligned movie is not stored.
    expect(violations.map(({ check }) => check).sort()).toEqual([
      "check_imaging_plane_location_allen_ccf",
      "check_time_series_data_is_not_empty",
    ]);
  });
});

describe("roiextractors", () => {
  test.each([
    ["NwbSegmentationExtractor", nwb],
    ["CaimanSegmentationExtractor", caiman],
  ] as const)("%s reads the same cells and traces out of ours", async (extractor, format) => {
    const truth = makeTruth();
    const path = await write(format, `cells${format.extension}`, { truth });
    const [read] = (await call(["segmentation", path, extractor])) as [Record<string, unknown>];
    expect(read).toEqual({
      count: UNITS,
      // NWB's first axis is x, which this extractor turns back.
      frame_shape: [HEIGHT, WIDTH],
      rate: 20,
      masks: sha256(truth.A_observed.data),
      denoised: sha256(truth.C.data),
      deconvolved: sha256(truth.S.data),
    });
  });
});

describe("results that others wrote", () => {
  // What a pipeline may have found: the true cells, unlike in weight, some missing.
  const truth = makeTruth();
  const units = UNITS - 1;
  const found = {
    A: {
      shape: [units, HEIGHT, WIDTH],
      data: Array.from(truth.A_observed.data.subarray(0, units * HEIGHT * WIDTH), (weight, i) =>
        // Exact in float32, which NWB's lists of pixels are kept in.
        Math.fround(weight * (1 + (i % 5) / 8)),
      ),
    },
    C: { shape: [units, FRAMES], data: Array.from(numbers(units * FRAMES, 11)) },
    S: { shape: [units, FRAMES], data: Array.from(numbers(units * FRAMES, 12)) },
    shifts: { shape: [FRAMES, 2], data: Array.from(numbers(FRAMES * 2, 13), (u) => 4 * u - 2) },
  };
  const { A, C, S, shifts } = found;
  const given = planArrays(
    { A: A.shape, C: C.shape, S: S.shape, shifts: shifts.shape },
    "given",
    arraySettings.parse({}),
    new Reading(),
  )({
    A: A.data,
    C: Float64Array.from(C.data),
    S: Float64Array.from(S.data),
    shifts: Float64Array.from(shifts.data),
  });

  function score({ footprints, C, S, shifts }: Estimate) {
    const match = matchFootprints(
      footprints,
      truth.observed_footprints.crop({ top: 1, left: 2, height: HEIGHT, width: WIDTH }),
    );
    const row = (data: Float32Array | Float64Array, unit: number) =>
      data.subarray(unit * FRAMES, (unit + 1) * FRAMES);
    const similar = (rows: Estimate["C"], of: GroundTruth["C"]) =>
      Array.from(match.estimate, (unit, k) =>
        activitySimilarity(row(rows!.data, unit), row(of.data, match.truth[k]!)),
      );
    return {
      match,
      detection: detectionScores(match),
      traces: similar(C, truth.C),
      spikes: similar(S, truth.S),
      motion: shiftRmse(shifts!.data, truth.shifts!.data),
    };
  }

  test.each<[string, Format, string, string[]]>([
    ["CaImAn's save", caiman, "save_caiman", []],
    ["NWB with images", nwb, "save_nwb", ["images"]],
    ["NWB with lists of pixels", nwb, "save_nwb", ["pixels"]],
    ["NWB of suite2p", nwb, "save_nwb", ["suite2p"]],
    ["NWB of CaImAn", nwb, "save_nwb", ["caiman"]],
    ["h5py", hdf5, "save_arrays", []],
    ["MATLAB's save -v7.3", matlab, "save_matlab", []],
  ])("%s: scores are those of the arrays themselves", async (name, format, save, more) => {
    const arrays = join(folder, "arrays.json");
    await writeFile(arrays, JSON.stringify(found));
    const path = join(folder, `${name.replaceAll(/\W/g, "-")}${format.extension}`);
    await call([save, arrays, path, ...more]);
    expect(await format.detect!(path)).toBe(true);
    const estimate = await format.readEstimate!(path);
    expect(images(estimate)).toEqual(images(given));
    expect(estimate.C).toEqual(given.C);
    expect(estimate.S).toEqual(given.S);
    expect(estimate.shifts).toEqual(given.shifts);
    expect(score(estimate)).toEqual(score(given));
  });
});

// The Python package's store, without Python. The fixtures were written by minisim 1.0.3: a store with its A_observed as
// float32, and a spec of every step.

import { existsSync } from "node:fs";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FootprintStack } from "@minisim/footprint";
import { exportRecording, InteropError, loadFormat, readEstimate } from "@minisim/interop";
import { readPythonRecording } from "@minisim/interop/python-minisim";
import type { Recording } from "@minisim/recording";
import { formatIssue, Spec, simulate } from "minisim";
import Zstd from "numcodecs/zstd";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { record, spec } from "./minian-source.ts";
import { plainly } from "./sources.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const store = fixture("python-minisim-1.0.3.zarr");
/** Fields that the package does not have, or has otherwise. */
const NOT_KEPT = [
  "detection_snr",
  "visible_fraction",
  "transient_dprime",
  "spike_dprime",
  "overlap_cost",
  "predicted_trace_corr",
  "neuropil_population",
];
const at = temporaryFolder();
const read = (path: string) => readPythonRecording(path, { specs: Spec });
const json = async (path: string) => JSON.parse(await readFile(path, "utf8"));

let recording: Recording;
/** The same spec, but for what the package takes for granted of the neuropil, and for roundings of light. */
function expectSpec(found: Spec, wanted: Spec) {
  const light = (spec: Spec) =>
    spec.steps.flatMap((step) =>
      step.kind === "neuropil"
        ? [step.level, step.population_coupling]
        : step.kind === "sensor"
          ? [step.photons_per_um2_s]
          : [],
    );
  const others = ({ steps, ...rest }: Spec) => ({
    ...rest,
    steps: steps.map((step) => {
      if (step.kind === "sensor") return { kind: step.kind };
      if (step.kind !== "neuropil") return step;
      const { spatial_sigma_um, temporal_tau_s, population_tau_s, n_components } = step;
      return { spatial_sigma_um, temporal_tau_s, population_tau_s, n_components };
    }),
  });
  expect(others(found)).toEqual(others(wanted));
  const [are, were] = [light(found), light(wanted)];
  expect(are).toHaveLength(were.length);
  for (const [i, value] of are.entries()) {
    // Constants of eight digits, and a few roundings of doubles.
    expect(Math.abs(value / were[i]! - 1)).toBeLessThan(1e-7);
  }
}

beforeAll(async () => {
  recording = await record();
  await exportRecording(recording, "python_minisim", at("whole.zarr"));
});

describe("what is written", () => {
  test("reads back, but for what the package does not keep", async () => {
    const back = await read(at("whole.zarr"));
    expectSpec(back.spec, recording.spec);
    expect(back.observed.shape).toEqual(recording.observed.shape);
    expect(back.observed.data).toEqual(recording.observed.data);
    const [truth, found] = [recording.ground_truth, back.ground_truth];
    for (const name of truth.fields.keys()) {
      if (NOT_KEPT.includes(name)) continue;
      expect({ name, data: found.get(name)?.data }).toEqual({ name, data: truth.get(name)!.data });
    }
    expect(found.detection_snr.data.every(Number.isNaN)).toBe(true);
    expect(found.planted).toEqual(truth.planted);
    expect(found.focal_depth_um).toBe(truth.focal_depth_um);
    expect(found.A_observed.data).toEqual(truth.A_observed.data);
  });

  test("can be scored like a result", async () => {
    const path = at("whole.zarr");
    const estimate = await readEstimate(path, { format: "python_minisim" });
    const truth = recording.ground_truth;
    expect((estimate.footprints as FootprintStack).toDense()).toEqual(truth.A_observed.data);
    expect(estimate.C!.data).toEqual(truth.C.data);
    expect(estimate.shifts!.data).toEqual(truth.shifts!.data);
  });

  test("is refused unread where it is of more frames than the recording", async () => {
    const path = at("whole.zarr");
    await expect(
      readEstimate(path, { recording: { shape: [20, 44, 30], fps: 20 } }),
    ).rejects.toThrow(`${join(path, "ground_truth/C")} has 36 frames, the recording 20.`);
  });

  test("lists the optional fields it has", async () => {
    const bare = await simulate(
      spec({
        steps: [
          { kind: "place_neurons" },
          spec().steps.find(({ kind }) => kind === "cell_activity")!,
          { kind: "composite" },
        ],
      }),
    );
    await exportRecording(bare, "python_minisim", at("bare.zarr"));
    expect((await json(at("bare.zarr/.zattrs"))).gt_present).toEqual([]);
    expect((await json(at("whole.zarr/.zattrs"))).gt_present).toHaveLength(11);
    const back = await read(at("bare.zarr"));
    expect(back.ground_truth.shifts).toBeNull();
    expect(back.observed.data).toEqual(bare.observed.data);
  });

  test("has the package's own key of the spec, however its steps are ordered", async () => {
    // cache_key() of the package for fixtures/python-minisim-spec.json, which has 1e17 and 6.3e-6 among its numbers.
    const document = await json(fixture("python-minisim-spec.json"));
    for (const steps of [document.steps, document.steps.toReversed()]) {
      const source = { ...plainly(recording), spec: { ...document, steps } };
      await exportRecording(source, "python_minisim", at("key.zarr"), { force: true });
      expect((await json(at("key.zarr/.zattrs"))).spec_cache_key).toBe("1fa3486d5fd59d3d");
    }
  });

  test("is refused where cells have an indicator, or fire otherwise", async () => {
    const changes = { indicator: "gcamp6f", firing: "bursts", response_cv: 0.2, sampling_hz: 100 };
    const other = Spec.vary(
      spec(),
      Object.fromEntries(
        Object.entries(changes).map(([name, value]) => [`steps.cell_activity.${name}`, value]),
      ),
    );
    const source = { ...plainly(recording), spec: other };
    await expect(exportRecording(source, "python_minisim", at("cells.zarr"))).rejects.toThrow(
      "it lacks steps[1].indicator, steps[1].response_cv, steps[1].sampling_hz, steps[1].firing.",
    );
  });

  test("is refused, with every field that the package lacks", async () => {
    const { acquisition } = spec();
    const foreign = {
      ...spec(),
      acquisition: { ...acquisition, optics: { ...acquisition.optics, coma: 1 } },
      steps: [
        ...spec().steps.map((step) =>
          step.kind === "neuropil" ? { ...step, level: 0, ripple_hz: 3 } : step,
        ),
        { kind: "lightning", volts: 3 },
      ],
    };
    const source = { ...plainly(recording), spec: foreign as never };
    await expect(exportRecording(source, "python_minisim", at("foreign.zarr"))).rejects.toThrow(
      "it lacks acquisition.optics.coma, steps[5].ripple_hz, steps[5].amplitude = 0, steps[12] (lightning).",
    );
    expect(existsSync(at("foreign.zarr"))).toBe(false);
  });
});

describe("the words of the package", () => {
  const written = async (of: Spec) => {
    await exportRecording({ ...plainly(recording), spec: of }, "python_minisim", at("words.zarr"), {
      force: true,
    });
    return json(at("words.zarr/spec.json"));
  };
  const changed = (changes: Record<string, unknown>) => Spec.vary(spec(), changes);

  test("give a pixel the same photons in a frame, whatever the exposure", async () => {
    const { acquisition, steps } = await written(
      changed({ "acquisition.exposure_fraction": 0.5, "steps.sensor.photons_per_um2_s": 4000 }),
    );
    expect(acquisition).not.toHaveProperty("exposure_fraction");
    // 4000 photons/(µm² s) · (3 µm)² · 0.5 / 20 Hz.
    expect(steps.at(-1).photons_per_unit).toBeCloseTo(900, 9);
  });

  test("give the background the same light: its amplitude times its fields and time courses", async () => {
    const { steps } = await written(changed({ "steps.neuropil.level": 7 }));
    const { amplitude } = steps.find((step: { kind: string }) => step.kind === "neuropil");
    // NA 0.45, and 100 µm of the default tissue; the fields have a mean of a half there.
    const light = 7 * 0.45 ** 2 * Math.exp(-100 * (1 / 600 + 1 / 100));
    expect(amplitude * 0.5).toBeCloseTo(light, 9);
    const truth = recording.ground_truth;
    const chunk = await readFile(at("words.zarr/ground_truth/neuropil_spatial/0.0.0"));
    const { buffer, byteOffset, byteLength } = await Zstd.fromConfig({ id: "zstd" }).decode(chunk);
    const there = new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength));
    const here = truth.field("neuropil_spatial").rows(0, 1);
    expect(there.subarray(0, here.length)).toEqual(Float64Array.from(here, (value) => value * 0.5));
    expect((await json(at("words.zarr/.zattrs"))).gt_present).not.toContain("neuropil_population");
    expect(truth.fields.has("neuropil_population")).toBe(true);
  });

  test("have none for a chip with faults or a halo", async () => {
    const faulty = changed({
      "acquisition.image_sensor.prnu": 0.01,
      "acquisition.image_sensor.hot_pixel_fraction": 0.001,
      "acquisition.tissue.halo_fraction": 0.2,
    });
    await expect(written(faulty)).rejects.toThrow(
      "it lacks acquisition.image_sensor.prnu, acquisition.image_sensor.hot_pixel_fraction, acquisition.image_sensor.hot_pixel_current_e_s, acquisition.tissue.halo_fraction, acquisition.tissue.halo_width.",
    );
  });

  test("stay as they are in a recording of the first edition", async () => {
    const document = await json(join(store, "spec.json"));
    expect(await written(document as Spec)).toEqual(document);
  });
});

describe("the package's own store", () => {
  test("is a recording", async () => {
    const { spec: parsed, observed, ground_truth: truth, warnings } = await read(store);
    expect(parsed.seed).toBe(5);
    expect(warnings.map(formatIssue)).toContain(
      "steps[6].photons_per_unit: is photons_per_um2_s, 222: 100 photons in 3 × 3 µm and 0.05 s.",
    );
    expect(parsed.spec_version).toBe(2);
    expect(observed.shape).toEqual([11, 22, 14]);
    expect(observed.data.every((count) => Number.isInteger(count))).toBe(true);
    expect([...truth.centers_um.data]).toEqual([30, -9, 2, 60, 12, -6, 45, 0, 5]);
    const bytes = await readFile(fixture("python-minisim-1.0.3-observed.f4"));
    const wanted = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const found = truth.A_observed;
    expect(found.shape).toEqual([3, 22, 14]);
    const peak = wanted.reduce((a, b) => Math.max(a, b));
    for (const [i, value] of wanted.entries()) {
      // The package blurs in float64, we in float32, whose kernels are good to 1e-6 of the peak.
      expect(Math.abs(found.data[i]! - value)).toBeLessThanOrEqual(1e-6 * peak);
    }
  });

  test("is recognized", async () => {
    const { detect } = await loadFormat("python_minisim");
    expect(await detect!(store)).toBe(true);
    expect(await detect!(join(store, "observed"))).toBe(false);
    expect(await detect!(at("nothing"))).toBe(false);
  });
});

describe("damaged stores", () => {
  const refused = async (
    damage: (folder: string) => Promise<unknown>,
    message: RegExp,
    code = "malformed",
  ) => {
    const folder = at("damaged.zarr");
    await rm(folder, { recursive: true, force: true });
    await cp(store, folder, { recursive: true });
    await damage(folder);
    const error = await read(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InteropError);
    expect((error as InteropError).message).toMatch(message);
    expect((error as InteropError).code).toBe(code);
  };
  const edit = (name: string, change: Record<string, unknown>) => async (folder: string) => {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify({ ...(await json(path)), ...change }));
  };
  const without = (name: string) => (folder: string) => rm(join(folder, name), { recursive: true });

  test.each([
    ["another version", edit(".zattrs", { format_version: 3 }), /version 3/, "unsupported"],
    ["no spec", without("spec.json"), /nothing at .*spec\.json/, "missing"],
    ["no traces", without("ground_truth/C"), /no Zarr array "ground_truth\/C"/, "missing"],
    ["no movie", without("observed"), /no Zarr array "observed"/, "missing"],
    [
      "a field of view of no size",
      edit("ground_truth/planted/.zattrs", { fov_shape: [22] }),
      /fov_shape/,
    ],
    [
      "another field of view",
      edit("ground_truth/planted/.zattrs", { fov_shape: [14, 22] }),
      /14 × 22/,
    ],
    [
      "a small canvas",
      edit("ground_truth/planted/.zattrs", { canvas_shape: [3, 3] }),
      /hold together/,
    ],
    ["a huge movie", edit("observed/.zarray", { shape: [2 ** 30, 22, 14] }), /more than is read/],
    ["traces of two cells", edit("ground_truth/C/.zarray", { shape: [2, 11] }), /hold together/],
  ] as const)("%s", async (_, damage, message, code?: string) => {
    await refused(damage, message, code);
  });

  test("no JSON", async () => {
    const garbage = (folder: string) => writeFile(join(folder, ".zattrs"), "]");
    await refused(garbage, /\.zattrs holds no JSON object/);
  });
});

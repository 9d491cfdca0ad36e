// minisim/node: streamed and saved are the same bytes; nothing half-made is left.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { compile, createSimulator, type SpecInput, simulate, summarize } from "minisim";
import { loadRecording, openRecording, saveRecording, simulateToStore } from "minisim/node";
import { afterEach, beforeEach, expect, test } from "vitest";

const spec = {
  acquisition: {
    duration_s: 1,
    optics: { magnification: 3 },
    image_sensor: { n_px_height: 24, n_px_width: 20, pixel_pitch_um: 12 },
  },
  steps: [
    { kind: "place_neurons", density_per_mm3: 40_000, depth_range_um: [20, 60] },
    { kind: "cell_activity" },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "brain_motion", max_shift_um: 3, motion_amplitude_um: 2 },
    { kind: "sensor", photons_per_um2_s: 500 },
  ],
  output: { save_intermediates: true },
} satisfies SpecInput;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-node-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Hash of every file by its path in the store. */
function hashes(store: string): Record<string, string> {
  const entries = readdirSync(store, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  return Object.fromEntries(
    files
      .map((file): [string, string] => [
        relative(store, file),
        createHash("sha256").update(readFileSync(file)).digest("hex"),
      ])
      .sort(),
  );
}

test("streamed from a spec, streamed from a plan in odd blocks, and saved from memory: the same files", async () => {
  const [a, b, c] = ["a.zarr", "b.zarr", "c.zarr"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await simulateToStore(spec, a);
  await simulateToStore(compile(spec), b, { blockFrames: 7 });
  await saveRecording(await simulate(spec), c);
  expect(Object.keys(hashes(a)).length).toBeGreaterThan(30);
  expect(hashes(b)).toEqual(hashes(a));
  expect(hashes(c)).toEqual(hashes(a));
});

test("what is loaded is what was simulated", async () => {
  const path = join(folder, "a.zarr");
  const { movie, warnings } = await simulateToStore(spec, path);
  const [loaded, made] = [await loadRecording(path), await simulate(spec)];
  expect(movie).toEqual({ shape: [20, 24, 20], container: "uint8" });
  expect(warnings).toEqual(
    made.warnings.map(({ code, path: at, message }) => ({ code, path: at, message })),
  );
  expect(loaded.observed.data).toEqual(made.observed.data);
  expect(loaded.ground_truth.shifts!.data).toEqual(made.ground_truth.shifts!.data);
  expect((await summarize(await openRecording(path))).cells.n_units).toBe(
    made.ground_truth.n_units,
  );
});

test("an abort between frames leaves nothing", async () => {
  const controller = new AbortController();
  const long = { ...spec, acquisition: { ...spec.acquisition, duration_s: 60 } };
  const run = simulateToStore(long, join(folder, "a.zarr"), {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await expect(run).rejects.toThrow("enough");
  expect(readdirSync(folder)).toEqual([]);
});

test("an unknown stage, an invalid spec: nothing is begun", async () => {
  const path = join(folder, "a.zarr");
  await expect(simulateToStore(spec, path, { until: "nowhere" })).rejects.toThrow(
    'There is no stage "nowhere"; this recording has place_neurons, ',
  );
  await expect(simulateToStore({ steps: [], seed: -1 }, path)).rejects.toThrow("seed");
  expect(existsSync(`${path}.partial`)).toBe(false);
});

test("a recording of steps that the simulator does not know opens without a say on its key", async () => {
  const path = join(folder, "a.zarr");
  await simulateToStore(spec, path);
  const stored = await openRecording(path, { simulator: createSimulator({ steps: [] }) });
  expect(stored.warnings.filter(({ code }) => code === "cache_key_mismatch")).toEqual([]);
});

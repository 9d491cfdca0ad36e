// Frames of tissue that moves in the plane and along the axis, made anew from the truth by NumPy. Needs .venv-interop
// (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { defineStep, slots } from "@minisim/pipeline";
import { builtinSteps, createSimulator, groundTruth, liveRecording } from "minisim";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

type Stored = readonly [data: Float32Array | Float64Array, shape: readonly number[]];

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("moved_frames.py", import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-moved-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Discs above, in and below the focus, well inside the canvas: the truth knows all light of the movie. */
const discs = defineStep({
  kind: "discs",
  revision: 1,
  domain: "cell",
  before: ["optics"],
  summary: "Three cells.",
  sources: [],
  params: z.strictObject({}),
  compile({ geometry: { canvas, pixel_size_um, n_frames } }) {
    const places = [
      [60, -15, -10],
      [100, 4, 9],
      [130, 12, -6],
    ] as const;
    const middle = (side: number) => Math.floor(side / 2);
    const cells = places.map((position_um, i) => ({
      key: [i],
      position_um,
      planted: {
        row: middle(canvas.height) + Math.round(position_um[1] / pixel_size_um) - 2,
        col: middle(canvas.width) + Math.round(position_um[2] / pixel_size_um) - 2,
        height: 5,
        width: 5,
        data: Float32Array.from({ length: 25 }, (_, p) => 1 - Math.abs(p - 12) / 20),
      },
    }));
    const activity = {
      C: Float64Array.from({ length: 3 * n_frames }, (_, k) => 1 + ((k * 7) % 5) / 5),
      S: new Float64Array(3 * n_frames),
      amplitude: new Float64Array(3).fill(1),
      spike_times_s: { offsets: new Int32Array(4), data: new Float64Array(0) },
    };
    return { put: [slots.cells.of(cells), slots.activity.of(activity)] };
  },
});

test.each([
  ["shifted", {}, 0],
  ["turned and bent", { rotation_deg: 2, nonrigid_um: 2, nonrigid_scale_um: 40 }, 2],
])(
  "the movie of %s tissue is what NumPy makes of the truth, to 1e-5 of its range",
  async (_, own, least_px) => {
    const simulator = createSimulator({ steps: [...builtinSteps, discs] });
    const { spec, ...plan } = simulator.compile({
      acquisition: {
        duration_s: 3,
        fps: 20,
        image_sensor: { n_px_height: 88, n_px_width: 80, pixel_pitch_um: 8 },
        optics: { magnification: 4, field_curvature_radius_um: 2500 },
        tissue: { halo_fraction: 0, scatter_blur_per_um: 0.03 },
        focal_depth_in_tissue_um: 100,
      },
      seed: 11,
      steps: [
        { kind: "discs" },
        { kind: "optics" },
        { kind: "composite" },
        {
          kind: "brain_motion",
          max_shift_um: 8,
          motion_amplitude_um: 5,
          axial_motion_um: 12,
          locomotion_bout_s: 0.6,
          rest_s: 0.4,
          ...own,
        },
      ],
    });
    const truth = groundTruth({ spec, ...plan });
    const movie: number[] = [];
    for await (const { data } of liveRecording({ spec, ...plan }).frames()) movie.push(...data);
    const { canvas } = truth.planted;
    const n_frames = plan.program.geometry.n_frames;
    const { height, width } = plan.program.geometry.fov;
    const field = (name: string) => truth.fields.get(name)!.array;
    const stored = (name: string): Stored => {
      const { data, shape } = field(name);
      return [Float64Array.from(data), shape];
    };
    const arrays: Readonly<Record<string, Stored>> = {
      planted: [truth.planted.toDense(), [3, canvas.height, canvas.width]],
      C: [truth.C.data, [3, n_frames]],
      centers_um: [truth.centers_um.data, [3, 3]],
      sigma_px: [truth.observed_sigma_px!.data, [3]],
      gain: [truth.observed_gain!.data, [3]],
      shifts: stored("shifts"),
      axial_shift_um: stored("axial_shift_um"),
      movie: [Float32Array.from(movie), [n_frames, height, width]],
      ...(least_px > 0 && {
        displacement_basis: stored("displacement_basis"),
        displacement_weights: stored("displacement_weights"),
      }),
    };
    const named = Object.entries(arrays).map(([name, [data, shape]]) => {
      const dtype = data instanceof Float32Array ? "float32" : "float64";
      return [name, { dtype, shape }] as const;
    });
    for (const [name, [data]] of Object.entries(arrays)) await writeFile(join(folder, name), data);
    const { optics, tissue } = spec.acquisition;
    const { margin_px, pixel_size_um } = plan.program.geometry;
    const { focal_depth_um } = truth;
    const scalars = { optics, tissue, margin_px, pixel_size_um, focal_depth_um };
    const document = JSON.stringify({ ...scalars, arrays: Object.fromEntries(named) });
    await writeFile(join(folder, "truth.json"), document);
    const { stdout } = await promisify(execFile)(python, [script, folder]);
    const report = JSON.parse(stdout) as Record<string, number>;
    expect(truth.n_units).toBe(3);
    expect(report.moved_um).toBeGreaterThan(12);
    expect(report.sigma_at_rest).toBeLessThan(1e-12);
    expect(report.bent_px).toBeGreaterThanOrEqual(least_px);
    expect(report.difference).toBeLessThan(1e-5);
  },
);

// A window of the sensor: the bytes that its pixels have in a recording of all, at every stage; and the truth of what reaches it.
import {
  componentOnFov,
  expectedLight,
  expectedWork,
  type Plan,
  passagesOf,
  type StepDefinition,
} from "@minisim/pipeline";
import type { GroundTruth } from "@minisim/recording";
import fc from "fast-check";
import { builtinSteps, compile, groundTruth, render, Spec, type SpecInput } from "minisim";
import { expect, test } from "vitest";
import { type Input, mended, smallInputs } from "./extremes.ts";

interface Window {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

const RUNS = 40;
const FRAMES = [0, 1];
const MOST_OPERATIONS = 3e8;

/** A window anywhere on a sensor, at most as large as it. */
function windowAt(
  { fov }: { fov: { height: number; width: number } },
  u: readonly number[],
): Window {
  const [top, left] = [Math.floor(u[0]! * fov.height), Math.floor(u[1]! * fov.width)];
  const height = 1 + Math.floor(u[2]! * (fov.height - top));
  const width = 1 + Math.floor(u[3]! * (fov.width - left));
  return { top, left, height, width };
}

const places = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), {
  minLength: 4,
  maxLength: 4,
});

async function framesOf({ program }: Plan, until: string, backend: "wasm" | "reference") {
  const all: number[][] = [];
  const frames = FRAMES.filter((t) => t < program.geometry.n_frames);
  for await (const { data, frames: given } of render(program, { frames, until, backend })) {
    const size = data.length / given.length;
    for (let f = 0; f < given.length; f++) all.push([...data.subarray(f * size, (f + 1) * size)]);
  }
  return all;
}

function cut(frame: readonly number[], width: number, window: Window): number[] {
  return Array.from({ length: window.height * window.width }, (_, i) => {
    const y = window.top + Math.floor(i / window.width);
    return frame[y * width + window.left + (i % window.width)]!;
  });
}

/** The spec, once what it says wrongly is mended, where it is small. */
function small(input: Input, mends = 0): Spec | null {
  const result = Spec.safeParse(input);
  if (!result.ok) return mends < 10 ? small(mended(input, result.issues), mends + 1) : null;
  const work = expectedWork(result.spec, builtinSteps as readonly StepDefinition[]);
  const operations = work.operations + FRAMES.length * work.frame_operations;
  return operations < MOST_OPERATIONS && work.compile_bytes < 1e9 ? result.spec : null;
}

/** Stripes are as strong as what is recorded is bright. */
const comparable = ({ acquisition: { window: _, ...acquisition }, ...input }: Input): Input => ({
  ...input,
  acquisition,
  steps: (input.steps as { kind: string }[]).map((step) =>
    step.kind === "acquisition_faults" ? { ...step, striped_rate: 0 } : step,
  ),
});

test("any window of any recording has its bytes, at every stage", async () => {
  let tried = 0;
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(smallInputs, places, fc.boolean(), async (drawn, u, plain) => {
      const spec = small(comparable(drawn));
      if (!spec) return;
      tried += 1;
      const whole = compile(spec);
      const { fov } = whole.program.geometry;
      const window = windowAt(whole.program.geometry, u);
      const part = compile(Spec.parse({ ...spec, acquisition: { ...spec.acquisition, window } }));
      const backend = plain ? "reference" : "wasm";
      for (const { name } of whole.program.stages) {
        const expected = await framesOf(whole, name, backend);
        compared += expected.length;
        expect(await framesOf(part, name, backend)).toEqual(
          expected.map((frame) => cut(frame, fov.width, window)),
        );
      }
    }),
    { numRuns: RUNS, seed: 20261128 },
  );
  // Most have both frames, of several stages.
  expect(tried).toBeGreaterThan(RUNS / 4);
  expect(compared).toBeGreaterThan(4 * tried);
});

const spec = {
  acquisition: {
    duration_s: 5,
    image_sensor: { n_px_height: 96, n_px_width: 128 },
    tissue: { halo_fraction: 0.5 },
  },
  seed: 3,
  steps: [
    { kind: "place_neurons", density_per_mm3: 60_000 },
    { kind: "cell_activity" },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "neuropil" },
    {
      kind: "vasculature",
      enabled: true,
      layers: [{ depth_um: 60, n_roots: 2, root_radius_um: 12, opacity: 0.6 }],
    },
    { kind: "brain_motion", nonrigid_um: 2, rotation_deg: 0.5 },
    { kind: "illumination_profile" },
    { kind: "vignette", falloff: 0.4 },
    { kind: "leakage" },
    { kind: "sensor", photons_per_um2_s: 1e6 },
  ],
} as const satisfies SpecInput;
const window = { top: 20, left: 60, height: 48, width: 64 };
const { acquisition } = spec;
const whole = compile(spec);
const part = compile({ ...spec, acquisition: { ...acquisition, window } });

test("the truth is that of the cells in the window, which are numbered anew", () => {
  const all = groundTruth(whole);
  const seen = groundTruth(part);
  expect(seen.fov_shape).toEqual([48, 64]);
  expect(seen.n_units).toBeGreaterThan(5);
  expect(seen.n_units).toBeLessThan(all.n_units / 2);
  const centre = (truth: GroundTruth, unit: number) => [
    ...truth.centers_um.data.subarray(3 * unit, 3 * unit + 3),
  ];
  const places = Array.from({ length: all.n_units }, (_, unit) => centre(all, unit).join());
  const margin = all.fov_offset[0];
  let last = -1;
  for (let unit = 0; unit < seen.n_units; unit++) {
    const same = places.indexOf(centre(seen, unit).join());
    expect(same).toBeGreaterThan(last);
    last = same;
    for (const name of [
      "observed_sigma_px",
      "observed_gain",
      "amplitude_per_cell",
      "in_focus",
    ] as const) {
      expect(seen[name]!.data[unit]).toBe(all[name]!.data[same]);
    }
    const trace = (truth: GroundTruth, row: number) =>
      truth.C.data.slice(row * 100, (row + 1) * 100);
    expect(trace(seen, unit)).toEqual(trace(all, same));
    const { top, left } = window;
    const canvas = {
      top,
      left,
      height: window.height + 2 * margin,
      width: window.width + 2 * margin,
    };
    expect(seen.planted.at(unit)).toEqual(all.planted.select([same]).crop(canvas).at(0));
    expect(seen.visible_fraction!.data[unit]).toBeLessThanOrEqual(
      all.visible_fraction!.data[same]! + 1e-12,
    );
  }
  for (const name of [
    "illumination",
    "vignette",
    "leakage",
    "neuropil_spatial",
    "vasculature_mask",
  ]) {
    const [field, small] = [all.get(name)!, seen.get(name)!];
    const size = window.height * window.width;
    const planes = small.data.length / size;
    expect(planes).toBeGreaterThan(0);
    for (let plane = 0; plane < planes; plane++) {
      const from = [...field.data.subarray(plane * 96 * 128, (plane + 1) * 96 * 128)];
      expect([...small.data.subarray(plane * size, (plane + 1) * size)]).toEqual(
        cut(from, 128, window),
      );
    }
  }
});

test("what is expected of the light, and of each source, is that of the window", () => {
  const [all, seen] = [expectedLight(whole.program).light, expectedLight(part.program).light];
  expect([...seen]).toEqual(cut([...all], 128, window));
  const images = (plan: Plan) =>
    passagesOf(plan.program).flatMap(({ added, grid }) =>
      "coefficients" in added.components
        ? [[...componentOnFov(added.components, 0, grid, plan.program.geometry, 4)]]
        : [],
    );
  const squares = { top: 5, left: 15, height: 12, width: 16 };
  // Halos, by their depths, and neuropil.
  expect(images(part).length).toBeGreaterThan(2);
  for (const [k, image] of images(part).entries()) {
    const expected = cut(images(whole)[k]!, 32, squares);
    for (const [i, value] of image.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
  }
});

test("a window that the sensor does not have is refused, each side with its place", () => {
  const beyond = { top: 60, left: 100, height: 48, width: 64 };
  const result = Spec.safeParse({ ...spec, acquisition: { ...acquisition, window: beyond } });
  const errors = result.ok ? [] : result.issues.filter(({ severity }) => severity === "error");
  expect(errors.map(({ path, message }) => [path.join("."), message])).toEqual([
    [
      "acquisition.window.height",
      "The window ends behind row 107, and the sensor has 96 rows, from 0 on.",
    ],
    [
      "acquisition.window.width",
      "The window ends behind column 163, and the sensor has 128 columns, from 0 on.",
    ],
  ]);
});

// Halos: a Gaussian to 1e-4 of its peak, light that is conserved, the margin, and the truth.
import { coarseGrid, splineAxis } from "@minisim/kernels";
import { halo } from "@minisim/optics";
import { defineStep, type NewCell, slots } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import { composite } from "@minisim/step-composite";
import { expect, test } from "vitest";
import { z } from "zod";
import { drawn, sharingGrids } from "../src/halo.ts";

/** The field of one component at every pixel. */
function fieldOf({ spacing_px, coefficients }: ReturnType<typeof drawn>, side: number) {
  const grid = coarseGrid({ height: side, width: side }, spacing_px);
  const nodes = coefficients.toDense();
  const axis = splineAxis(side, grid.width, spacing_px);
  return Float64Array.from({ length: side * side }, (_, p) => {
    const [y, x] = [Math.floor(p / side), p % side];
    let sum = 0;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        const node = (axis.first[y]! + i) * grid.width + axis.first[x]! + j;
        sum += axis.weights[4 * y + i]! * axis.weights[4 * x + j]! * nodes[node]!;
      }
    }
    return sum;
  });
}

test.each([
  [4, 60.2, 60.9],
  [8.3, 75, 71.5],
  [15, 3, 120],
  [30, 118, -4],
])(
  "a halo of %f px is a Gaussian to 1e-4 of its peak, wherever its centre",
  (sigma_px, row, col) => {
    const side = 151;
    const canvas = { height: side, width: side };
    const found = fieldOf(drawn([{ cell: 0, row, col, light: 1, sigma_px }], canvas), side);
    const peak = 1 / (2 * Math.PI * sigma_px * sigma_px);
    let worst = 0;
    for (const [p, value] of found.entries()) {
      const [y, x] = [Math.floor(p / side) - row, (p % side) - col];
      const expected = peak * Math.exp(-(y * y + x * x) / (2 * sigma_px * sigma_px));
      worst = Math.max(worst, Math.abs(value - expected) / peak);
    }
    expect(worst).toBeLessThan(1e-4);
  },
);

test("the widest halo of a grid is as exact as the narrowest", () => {
  const halos = [8, 16].map((sigma_px) => ({ cell: 0, row: 75, col: 70, light: 1, sigma_px }));
  expect(sharingGrids(halos)).toEqual([halos]);
  const { spacing_px, coefficients } = drawn(halos, { height: 151, width: 151 });
  expect(spacing_px).toBe(2);
  const wide = { spacing_px, coefficients: coefficients.select([1]) };
  const peak = 1 / (2 * Math.PI * 256);
  expect(Math.abs(fieldOf(wide, 151)[75 * 151 + 70]! / peak - 1)).toBeLessThan(1e-4);
});

test("halos of more than twice the width get a grid of their own", () => {
  const widths = [10, 40, 21, 20, 19].map((sigma_px) => ({ sigma_px }));
  const groups = sharingGrids(widths).map((group) => group.map(({ sigma_px }) => sigma_px));
  expect(groups).toEqual([
    [10, 20, 19],
    [40, 21],
  ]);
});

const data = Float32Array.of(0, 1, 0, 1, 1, 1, 0, 0.5, 0);
const planted = { row: 60, col: 59, height: 3, width: 3, data };
const cells: readonly NewCell[] = [
  { key: [0], position_um: [30, 0, 0], planted },
  { key: [1], position_um: [0, 0, 0], planted },
];
const cell = defineStep({
  kind: "cell",
  revision: 1,
  domain: "cell",
  summary: "A cell that brightens, and one on the surface.",
  sources: [],
  params: z.strictObject({}),
  compile({ geometry: { n_frames } }) {
    const C = Float64Array.from({ length: 2 * n_frames }, (_, i) => (i < n_frames ? i : 0));
    const activity = {
      C,
      S: new Float64Array(2 * n_frames),
      amplitude: Float64Array.of(1, 1),
      spike_times_s: { offsets: Int32Array.of(0, 0, 0), data: new Float64Array(0) },
    };
    return { put: [slots.cells.of(cells), slots.activity.of(activity)] };
  },
});
const recorded = (tissue: object) =>
  createSimulator({ steps: [cell, composite] }).simulate({
    acquisition: {
      fps: 3,
      duration_s: 1,
      optics: { na: 0.3, magnification: 1 },
      image_sensor: { n_px_height: 121, n_px_width: 121, pixel_pitch_um: 2 },
      tissue,
    },
    steps: [{ kind: "cell" }, { kind: "composite" }],
  });

test("a halo carries its share of the planted light, with the cell's own time course", async () => {
  const [without, { observed, ground_truth, spec }] = [
    await recorded({}),
    await recorded({ halo_fraction: 0.6 }),
  ];
  const { share, sigma_um } = halo(30, spec.acquisition.optics, spec.acquisition.tissue);
  const [light, sigma] = [ground_truth.get("halo_light")!, ground_truth.get("halo_sigma_px")!];
  expect(light.get(0)).toBeCloseTo(4.5 * share, 12);
  expect(sigma.get(0)).toBeCloseTo(sigma_um / 2, 12);
  expect([light.get(1), sigma.get(1)]).toEqual([0, 0]);
  const pixels = 121 * 121;
  for (let t = 0; t < 3; t++) {
    let sum = 0;
    for (let p = t * pixels; p < (t + 1) * pixels; p++) {
      sum += observed.data[p]! - without.observed.data[p]!;
    }
    // The splines lose 4e-5 of the light beyond 4.5 σ along each axis at most, and 2e-4 are the tails of 14 641 pixels rounded to float32.
    expect(Math.abs(sum - t * 4.5 * share)).toBeLessThanOrEqual(5e-4 * t * 4.5 * share);
  }
});

test("without a halo fraction there is no halo, and no truth of one", async () => {
  const { ground_truth } = await recorded({ halo_fraction: 0 });
  expect(ground_truth.get("halo_light")).toBeNull();
});

// The focus search, and the chain from focus to detectability, on a population of 25 cells.
import {
  autoFocus,
  cellOptics,
  curvatureShiftUm,
  type FocusCell,
  type FocusSearch,
  radialFalloff,
} from "@minisim/optics";
import { DETECTABLE_SNR, exposureWith, sampleFieldAt, traceRange } from "@minisim/sensor";
import { describe, expect, test } from "vitest";
import { expectClose, miniscope, tissue } from "./cases.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const population = oracles.auto_focus;
const optics = { ...miniscope, field_curvature_radius_um: population.field_curvature_radius_um };
const pixel_size_um = population.pixel_pitch_um / population.magnification;
const exposure = exposureWith({
  photons_per_unit: population.photons_per_unit,
  quantum_efficiency: 0.7,
  read_noise_e: 2,
});
const fov = { height: population.n_px, width: population.n_px };
const fields = [population.illumination_falloff, population.vignette_falloff].map((falloff) =>
  radialFalloff({ falloff, exponent: 2, center_offset_um: [0, 0] }, fov, pixel_size_um),
);

const cells: FocusCell[] = population.cells.map(({ center_um, trace }) => {
  const [z_um, y_um, x_um] = center_um as [number, number, number];
  const photon_budget = fields.reduce(
    (product, field) => product * sampleFieldAt(field, fov, pixel_size_um, y_um, x_um),
    1,
  );
  const range = traceRange(trace);
  return { z_um, y_um, x_um, range, radius_um: 6, photon_budget, background: 0.05 };
});
const search: FocusSearch = { cells, optics, tissue, exposure };

describe("a population of 25 cells", () => {
  test("without a detector, or without traces, is focused at its median effective depth", () => {
    expectClose(autoFocus({ ...search, exposure: null }), population.focal_no_sensor);
    const silent = cells.map((cell) => ({ ...cell, range: null }));
    expectClose(autoFocus({ ...search, cells: silent }), population.focal_no_sensor);
  });

  test("with one, at the plane from which most of them can be detected", () => {
    // By the equations of the README, written out once more, at planes between those that the search tries.
    const countAt = (plane_um: number) =>
      cells.filter(({ z_um, y_um, x_um, range, radius_um, photon_budget, background }) => {
        const focal_um = plane_um - curvatureShiftUm(Math.hypot(y_um, x_um), 2500);
        const { sigma_px, gain } = cellOptics({ z_um, focal_um, optics, tissue, pixel_size_um });
        const peak = 1 - Math.exp(-((radius_um / (sigma_px * pixel_size_um)) ** 2) / 2);
        const perUnit = gain * peak * photon_budget * exposure.photons_per_unit * 0.7;
        const rest =
          Math.max(range!.baseline, 0) * perUnit +
          background * photon_budget * exposure.photons_per_unit * 0.7;
        const noise = Math.sqrt(rest + 4 + 1 / 12);
        return (range!.peak * perUnit) / noise >= DETECTABLE_SNR;
      }).length;
    const chosen = countAt(autoFocus(search));
    expect(chosen).toBeGreaterThan(0);
    for (let plane = 0; plane <= 400; plane += 1) {
      // Cells between two of the 96 planes may be one more or less.
      expect(countAt(plane)).toBeLessThanOrEqual(chosen + 1);
    }
  });
});

describe("which plane", () => {
  const flat = { ...optics, field_curvature_radius_um: null };
  const at = (z_um: number, peak: number): FocusCell => ({
    z_um,
    y_um: 0,
    x_um: 0,
    range: { peak, baseline: 0 },
    radius_um: 6,
    photon_budget: 1,
    background: 0,
  });
  const focus = (...chosen: FocusCell[]) => autoFocus({ ...search, optics: flat, cells: chosen });

  test("one cell: its depth, less nothing on the axis", () => {
    expect(focus(at(80, 50))).toBe(80);
  });

  test("off axis a cell is in focus when the plane is deeper by the curvature", () => {
    const cell = { ...at(80, 50), y_um: 180, x_um: 240 };
    expectClose(autoFocus({ ...search, cells: [cell] }), 80 + curvatureShiftUm(300, 2500));
  });

  // Planes lie (200 − 50) / 95 = 1.58 µm apart; the defocus of half of that is small beside the scatter blur. In focus the deep cells give
  // 6 e⁻ over a noise of 2, and half of that with the plane at 100 µm, as the shallow one does.
  test("more cells win over brighter ones", () => {
    const dim = [at(200, 40), at(200, 40)];
    expect(Math.abs(focus(at(50, 1.5), ...dim) - 200)).toBeLessThan(20);
  });

  // At 20 µm 1 unit gives 7.3 e⁻ in focus and 0.13 with the plane at 300 µm; at 300 µm it gives 0.022 e⁻ in focus and 0.004 with the plane
  // at 20: no plane shows both.
  test("among equal counts the larger signal wins", () => {
    expect(focus(at(20, 6), at(300, 413))).toBe(20);
    expectClose(focus(at(20, 1), at(300, 600)), 300);
  });

  test("when no plane shows any cell, the shallowest", () => {
    expect(focus(at(200, 1e-9), at(50, 1e-9))).toBe(50);
  });

  test("cells without a trace do not count, and no cells give the surface", () => {
    const silent = { ...at(10, 0), range: null };
    expect(focus(silent, silent, at(80, 50))).toBe(80);
    expect(focus(silent, { ...silent, z_um: 30 })).toBe(20);
    expect(focus()).toBe(0);
  });

  test("the order of the cells does not matter", () => {
    expect(autoFocus({ ...search, cells: cells.toReversed() })).toBe(autoFocus(search));
  });
});

// The focus search, and the chain from focus to detectability, on a population of 25 cells.
import {
  autoFocus,
  cellOptics,
  curvatureShiftUm,
  depthOfFieldUm,
  type FocusCell,
  type FocusSearch,
  radialFalloff,
} from "@minisim/optics";
import {
  DETECTABLE_SNR,
  detectionSnr,
  expectedElectrons,
  sampleFieldAt,
  traceRange,
} from "@minisim/sensor";
import { describe, expect, test } from "vitest";
import { expectClose, miniscope, tissue } from "./cases.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const population = oracles.auto_focus;
const optics = { ...miniscope, field_curvature_radius_um: population.field_curvature_radius_um };
const pixel_size_um = population.pixel_pitch_um / population.magnification;
const exposure = {
  photons_per_unit: population.photons_per_unit,
  quantum_efficiency: 0.7,
  read_noise_e: 2,
};
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
  return { z_um, y_um, x_um, range: traceRange(trace), photon_budget };
});
const search: FocusSearch = { cells, optics, tissue, exposure };

describe("oracle", () => {
  test("the plane with most detectable cells", () => {
    expectClose(autoFocus(search), population.focal_yield);
  });

  test("without a detector, or without traces, the median effective depth", () => {
    expectClose(autoFocus({ ...search, exposure: null }), population.focal_no_sensor);
    const silent = cells.map((cell) => ({ ...cell, range: null }));
    expectClose(autoFocus({ ...search, cells: silent }), population.focal_no_sensor);
  });

  describe("the chain", () => {
    const expected = oracles.detectability;
    const focal = autoFocus(search);

    test("focal plane", () => {
      expectClose(focal, expected.focal_depth_um);
    });

    test.each(cells.map((cell, i) => ({ i, cell })))("cell $i", ({ i, cell }) => {
      const { z_um, y_um, x_um, range, photon_budget } = cell;
      const shift = curvatureShiftUm(Math.hypot(y_um, x_um), optics.field_curvature_radius_um);
      const focal_um = focal - shift;
      const seen = cellOptics({ z_um, focal_um, optics, tissue, pixel_size_um });
      expectClose(seen.sigma_px, expected.observed_sigma_px[i]!);
      expectClose(seen.gain, expected.observed_gain[i]!);
      expect(Math.abs(z_um - focal_um) <= depthOfFieldUm(optics)).toBe(expected.in_focus[i]);
      const gain = expectedElectrons(seen.brightness * photon_budget, exposure);
      const { read_noise_e } = exposure;
      const snr = detectionSnr({ ...range!, gain, read_noise_e });
      expect(snr >= DETECTABLE_SNR).toBe(expected.detectable[i]);
    });
  });
});

describe("which plane", () => {
  const flat = { ...optics, field_curvature_radius_um: null };
  const at = (z_um: number, peak: number): FocusCell => ({
    z_um,
    y_um: 0,
    x_um: 0,
    range: { peak, baseline: 0 },
    photon_budget: 1,
  });
  const focus = (...chosen: FocusCell[]) => autoFocus({ ...search, optics: flat, cells: chosen });

  test("one cell: its depth, less nothing on the axis", () => {
    expect(focus(at(80, 50))).toBe(80);
  });

  test("off axis a cell is in focus when the plane is deeper by the curvature", () => {
    const cell = { ...at(80, 50), y_um: 180, x_um: 240 };
    expectClose(autoFocus({ ...search, cells: [cell] }), 80 + curvatureShiftUm(300, 2500));
  });

  // Planes lie (200 − 50) / 95 = 1.58 µm apart; the defocus of half of that is small beside the scatter blur.
  test("more cells win over brighter ones", () => {
    const dim = [at(200, 2000), at(200, 2000)];
    expect(Math.abs(focus(at(50, 300), ...dim) - 200)).toBeLessThan(20);
  });

  // At 20 µm 1 unit gives 7.5 e⁻ in focus and needs the plane within 30 µm for 60 units; at 300 µm it gives 0.28 e⁻ and
  // needs it within 110 µm for 120: no plane shows both.
  test("among equal counts the larger signal wins", () => {
    expect(focus(at(20, 60), at(300, 60))).toBe(20);
    expectClose(focus(at(20, 3), at(300, 120)), 300);
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

// The equations one by one: oracle rows, and the laws they must obey.
import {
  attenuation,
  blurredDiscPeak,
  blurSigmaPx,
  cellOptics,
  collectionEfficiency,
  curvatureShiftUm,
  defocusSigmaUm,
  depthOfFieldUm,
  diffractionSigmaUm,
  halo,
  scatterMfpUm,
  scatterSigmaUm,
} from "@minisim/optics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, miniscope, tissue } from "./cases.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const length = (max: number, min = 0) => fc.double({ min, max, noNaN: true });

describe.each(oracles.optics)("oracle: NA $na, z $z_um µm, focus $focal_um µm", (row) => {
  const optics = { ...row, depth_of_field_um: "auto" } as const;
  const { z_um, focal_um } = row;
  const cell = cellOptics({
    z_um,
    focal_um,
    optics,
    tissue,
    pixel_size_um: row.pixel_pitch_um / row.magnification,
  });

  test.each([
    ["diffraction σ", diffractionSigmaUm(optics), row.diffraction_sigma_um],
    ["collection", collectionEfficiency(optics), row.collection_efficiency],
    [
      "curvature",
      curvatureShiftUm(300, row.field_curvature_radius_um),
      row.curvature_shift_um_at_300,
    ],
    ["mean free path", scatterMfpUm(tissue), row.scatter_mfp_um],
    ["attenuation", attenuation(z_um, tissue), row.attenuation],
    ["scatter σ", scatterSigmaUm(z_um, tissue), row.scatter_sigma_um],
    ["cell gain", cell.gain, row.attenuation * row.collection_efficiency],
  ])("%s", (_name, computed, expected) => {
    expectClose(computed, expected);
  });
});

describe("laws", () => {
  test("a given depth of field is taken as it is; else it is half of n λ / NA²", () => {
    expect(depthOfFieldUm({ ...miniscope, depth_of_field_um: 12 }, tissue)).toBe(12);
    expectClose(depthOfFieldUm(miniscope, tissue), (1.33 * 0.525) / 0.18);
  });

  // Half-energy radii of a scalar wave-optics point spread function at NA 0.3, n 1.33 and 525 nm, over 1.177: worked out apart.
  test.each([
    [10, 1.1],
    [20, 2.4],
    [40, 5.2],
    [60, 8],
  ])("%i µm out of focus a point is as wide as wave optics has it, %f µm", (dz, sigma) => {
    const width = Math.hypot(
      defocusSigmaUm(dz, 0, miniscope, tissue),
      diffractionSigmaUm(miniscope),
    );
    // A Gaussian for a disc with rings: 15 % is what this model claims.
    expect(Math.abs(width / sigma - 1)).toBeLessThan(0.15);
  });

  test("defocus is the standard deviation of a uniform disc along an axis", () => {
    // Of points on a grid in the disc of radius 40 tan θ; 400 points a side put the radius off by a quarter of a percent.
    const radius = 40 * Math.tan(Math.asin(0.3 / 1.33));
    let [sum, count] = [0, 0];
    for (let i = -200; i <= 200; i++) {
      for (let j = -200; j <= 200; j++) {
        if (Math.hypot(i, j) > 200) continue;
        sum += ((j / 200) * radius) ** 2;
        count++;
      }
    }
    const sigma = Math.sqrt(sum / count);
    expect(Math.abs(defocusSigmaUm(40, 0, miniscope, tissue) / sigma - 1)).toBeLessThan(0.005);
  });

  test("the peak of a blurred disc is what numerical convolution gives", () => {
    // ∫ of the Gaussian over the disc, in rings of a thousandth of the radius; the midpoint rule is good to 1e-6.
    for (const [radius, sigma] of [
      [6, 2],
      [6, 6],
      [3, 20],
    ] as const) {
      let sum = 0;
      for (let k = 0; k < 1000; k++) {
        const r = ((k + 0.5) / 1000) * radius;
        sum += (r / sigma ** 2) * Math.exp((-r * r) / (2 * sigma ** 2)) * (radius / 1000);
      }
      expect(Math.abs(blurredDiscPeak(radius, sigma ** 2) - sum)).toBeLessThan(1e-6);
    }
    expect(blurredDiscPeak(6, 0)).toBe(1);
  });

  test("the focal surface is a sphere: flat without a radius, never past its equator", () => {
    expect(curvatureShiftUm(300, null)).toBe(0);
    expect(curvatureShiftUm(3, 5)).toBe(1);
    expect(curvatureShiftUm(5, 5)).toBe(5);
    expect(curvatureShiftUm(99, 5)).toBe(5);
    // R ≫ r: the sagitta is r²/2R, here to (r/R)²/4 = 2e-14; the textbook form would keep three digits.
    expectClose(curvatureShiftUm(300, 1e9), 300 ** 2 / 2e9);
  });

  test("defocus widens and loses nothing, the same on both sides of the focus", () => {
    fc.assert(
      fc.property(length(500, 1), length(500), (z_um, defocus) => {
        const at = (focal_um: number) =>
          cellOptics({ z_um, focal_um, optics: miniscope, tissue, pixel_size_um: 1.5 });
        const [sharp, soft] = [at(z_um), at(z_um + defocus)];
        expect(soft.gain).toBe(sharp.gain);
        expect(soft.sigma_px).toBeGreaterThanOrEqual(sharp.sigma_px);
        expect(at(z_um - defocus).sigma_px).toBeCloseTo(soft.sigma_px, 9);
      }),
    );
  });

  test("depth costs light twice as it doubles: the loss is exponential", () => {
    fc.assert(
      fc.property(length(1000), (z) => {
        expectClose(attenuation(2 * z, tissue), attenuation(z, tissue) ** 2);
      }),
    );
  });

  test("the excitation's longer path never shortens the mean free path below half the emission's", () => {
    const { scatter_mfp_emission_um: emission } = tissue;
    expect(scatterMfpUm(tissue)).toBeLessThan(emission);
    expectClose(scatterMfpUm({ ...tissue, scatter_mfp_excitation_um: emission }), emission / 2);
  });

  test("a wider aperture buys light, sharpness in focus, and blur out of it", () => {
    const wide = { ...miniscope, na: 0.6 };
    expectClose(collectionEfficiency(wide) / collectionEfficiency(miniscope), 4);
    expectClose(diffractionSigmaUm(miniscope) / diffractionSigmaUm(wide), 2);
    // tan θ grows faster than sin θ.
    const ratio = defocusSigmaUm(10, 50, wide, tissue) / defocusSigmaUm(10, 50, miniscope, tissue);
    expectClose(ratio, 2 * Math.sqrt((1.33 ** 2 - 0.09) / (1.33 ** 2 - 0.36)));
  });

  test("a static layer blurs like a cell at its depth", () => {
    const view = { z_um: 30, focal_um: 150, optics: miniscope, tissue, pixel_size_um: 2 };
    // √(0.3675² + 1.5² + (120 tan θ / 2)²) / 2, tan²θ = 0.09 / (1.33² − 0.09)
    const defocus = 60 * 60 * (0.09 / (1.33 * 1.33 - 0.09));
    expectClose(blurSigmaPx(view), Math.sqrt(0.13505625 + 2.25 + defocus) / 2);
  });
});

describe("halo", () => {
  const hazy = { ...tissue, halo_fraction: 1, halo_width: 0.5 };

  test("and direct light are together what was excited, where all scattered light comes out", () => {
    fc.assert(
      fc.property(length(2000), (z_um) => {
        const { share, sigma_um } = halo(z_um, miniscope, hazy);
        const direct = attenuation(z_um, tissue) * collectionEfficiency(miniscope);
        const excited = Math.exp(-z_um / tissue.scatter_mfp_excitation_um);
        expectClose(share + direct, excited * collectionEfficiency(miniscope));
        expect(sigma_um).toBe(0.5 * z_um);
      }),
    );
  });

  test("grows with its fraction, and is nothing at the surface", () => {
    expect(halo(0, miniscope, hazy).share).toBe(0);
    const half = halo(150, miniscope, { ...hazy, halo_fraction: 0.5 });
    expectClose(2 * half.share, halo(150, miniscope, hazy).share);
  });
});

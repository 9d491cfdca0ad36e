// The equations one by one: oracle rows, and the laws they must obey.
import {
  attenuation,
  cellOptics,
  collectionEfficiency,
  curvatureShiftUm,
  defocusSigmaUm,
  depthOfFieldUm,
  diffractionSigmaUm,
  halo,
  scatterMfpUm,
  scatterSigmaUm,
  staticBlurSigmaPx,
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
    ["depth of field", depthOfFieldUm(optics), row.depth_of_field_um],
    ["defocus σ", defocusSigmaUm(z_um, focal_um, optics), row.defocus_sigma_um],
    ["collection", collectionEfficiency(optics), row.collection_efficiency],
    [
      "curvature",
      curvatureShiftUm(300, row.field_curvature_radius_um),
      row.curvature_shift_um_at_300,
    ],
    ["mean free path", scatterMfpUm(tissue), row.scatter_mfp_um],
    ["attenuation", attenuation(z_um, tissue), row.attenuation],
    ["scatter σ", scatterSigmaUm(z_um, tissue), row.scatter_sigma_um],
    ["cell σ", cell.sigma_px, row.cell_sigma_px],
    ["cell brightness", cell.brightness, row.cell_brightness],
    ["cell gain", cell.gain, row.attenuation * row.collection_efficiency],
  ])("%s", (_name, computed, expected) => {
    expectClose(computed, expected);
  });
});

describe("laws", () => {
  test("a given depth of field is taken as it is", () => {
    expect(depthOfFieldUm({ ...miniscope, depth_of_field_um: 12 })).toBe(12);
  });

  test("the focal surface is a sphere: flat without a radius, never past its equator", () => {
    expect(curvatureShiftUm(300, null)).toBe(0);
    expect(curvatureShiftUm(3, 5)).toBe(1);
    expect(curvatureShiftUm(5, 5)).toBe(5);
    expect(curvatureShiftUm(99, 5)).toBe(5);
    // R ≫ r: the sagitta is r²/2R, here to (r/R)²/4 = 2e-14; the textbook form would keep three digits.
    expectClose(curvatureShiftUm(300, 1e9), 300 ** 2 / 2e9);
  });

  test("in focus nothing is lost to defocus, and out of focus the width grows as the peak falls", () => {
    fc.assert(
      fc.property(length(500, 1), length(500), (z_um, defocus) => {
        const at = (focal_um: number) =>
          cellOptics({ z_um, focal_um, optics: miniscope, tissue, pixel_size_um: 1.5 });
        const [sharp, soft] = [at(z_um), at(z_um + defocus)];
        expect(sharp.brightness).toBe(sharp.gain);
        expect(soft.gain).toBe(sharp.gain);
        // Light conservation of a 2-D Gaussian: peak · σ² does not change.
        expectClose(soft.brightness * soft.sigma_px ** 2, sharp.brightness * sharp.sigma_px ** 2);
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
    expectClose(defocusSigmaUm(10, 50, wide) / defocusSigmaUm(10, 50, miniscope), 2);
  });

  test("a static layer blurs like a cell at its depth", () => {
    const view = { z_um: 30, focal_um: 150, optics: miniscope, tissue, pixel_size_um: 2 };
    // √(0.3675² + 1.5² + 36²) / 2
    expectClose(staticBlurSigmaPx(view), Math.sqrt(0.13505625 + 2.25 + 1296) / 2);
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

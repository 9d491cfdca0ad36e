// The instrument, tissue and tolerance that these tests share.
import { expect } from "vitest";

export const miniscope = {
  na: 0.3,
  emission_nm: 525,
  depth_of_field_um: "auto",
  field_curvature_radius_um: 2500,
} as const;

export const tissue = {
  refractive_index: 1.33,
  scatter_mfp_excitation_um: 600,
  scatter_mfp_emission_um: 100,
  scatter_blur_per_um: 0.05,
};

/** Equal to 1e-12 relative: float64 formulas of a few dozen roundings. */
export function expectClose(computed: number, expected: number): void {
  expect(Math.abs(computed - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}

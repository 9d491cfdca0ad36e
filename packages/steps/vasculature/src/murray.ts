// How a vessel divides.
import { cbrt } from "@minisim/kernels/math";

/**
 * Radii of the two branches of a vessel by Murray's cube law, r³ = r_main³ + r_side³.
 * Source: Murray 1926, doi:10.1073/pnas.12.3.207.
 * @param radius of the parent, any unit of length
 * @param area_main the main branch's share of r³, 0..1
 * @returns [main, side], in the unit of `radius`
 */
export function murrayChildren(radius: number, area_main: number): readonly [number, number] {
  return [radius * cbrt(area_main), radius * cbrt(1 - area_main)];
}

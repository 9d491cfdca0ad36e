// How many cells of a population there will be, before any is placed.
import { roundHalfEven } from "@minisim/kernels/math";
import type { Population } from "./params.ts";

export interface Crowd {
  readonly count: number;
  /** Places that are tried for them. */
  readonly candidates: number;
}

// Spheres that come at random and stay where they fit fill at most 0.38 of a volume (Widom 1966, doi:10.1063/1.1726548), and a
// sixth less in a hundred tries for each.
const FILLED = 0.32;

/** @param area_um2 of the canvas */
export function crowd(population: Population, area_um2: number): Crowd {
  const { density_per_mm3, soma_radius_um, min_distance_um, depth_range_um } = population;
  if (population.positions_um) return { count: population.positions_um.length, candidates: 0 };
  const height_um = depth_range_um[1] - depth_range_um[0];
  const thickness_um = Math.max(height_um, 2 * soma_radius_um);
  const wanted = roundHalfEven(density_per_mm3 * 1e-9 * area_um2 * thickness_um);
  if (min_distance_um === 0) return { count: wanted, candidates: wanted };
  // Spheres of that diameter, whose centres alone have to lie in the volume.
  const side_um = Math.sqrt(area_um2) + min_distance_um;
  const volume_um3 = side_um * side_um * (height_um + min_distance_um);
  const sphere_um3 = (Math.PI / 6) * min_distance_um * min_distance_um * min_distance_um;
  const room = (FILLED * volume_um3) / sphere_um3;
  // Up to half of the room, every other candidate fits; then they are tried until the limit.
  const candidates = wanted < room / 2 ? 2 * wanted : Math.max(1000, 100 * wanted);
  return { count: Math.min(wanted, room), candidates };
}

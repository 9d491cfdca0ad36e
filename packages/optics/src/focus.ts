// Where to focus: the plane from which most cells can be told from noise.

import { hypot } from "@minisim/kernels/math";
import { median } from "@minisim/kernels/statistics";
import {
  DETECTABLE_SNR,
  detectionSnr,
  type Exposure,
  expectedElectrons,
  type TraceRange,
} from "@minisim/sensor";
import { blurredDiscPeak, collectedShare, inFocusVarianceUm2 } from "./cell.ts";
import { curvatureShiftUm, defocusSigmaUm } from "./objective.ts";
import type { OpticsParameters, TissueParameters } from "./parameters.ts";

const CANDIDATE_PLANES = 96;

export interface FocusCell {
  /** Position, µm: depth below the surface, and lateral from the optical axis. */
  readonly z_um: number;
  readonly y_um: number;
  readonly x_um: number;
  /** ΔF and baseline of the cell's fluorescence, or null for a cell without activity. */
  readonly range: TraceRange | null;
  /** Radius of the disc that has the area of the cell's planted footprint, µm. */
  readonly radius_um: number;
  /** Relative excitation · relative collection at the cell's pixel; 1 where the field is even. */
  readonly photon_budget: number;
  /** Light of everything else at the cell's pixel, before the photon budget. */
  readonly background: number;
}

export interface FocusSearch {
  readonly cells: readonly FocusCell[];
  readonly optics: OpticsParameters;
  readonly tissue: TissueParameters;
  /** The detector, or null when the recording has none. */
  readonly exposure: Exposure | null;
}

/**
 * The depth on the optical axis to focus at, µm.
 *
 * A cell is in focus when the plane equals its effective depth: its depth plus the curvature shift at its place in the
 * field. Of 96 planes evenly spaced over the effective depths of the cells with a trace, this is the one with most
 * detectable cells (SNR of the sensor package at least `DETECTABLE_SNR`); among equals the one with the largest sum of
 * ΔF · g over its detectable cells, g in electrons per unit of fluorescence; then the shallowest. Without a detector or
 * without traces it is the median effective depth of all cells, and 0 when there are none.
 */
export function autoFocus(search: FocusSearch): number {
  const { cells, optics, exposure } = search;
  const depths = cells.map((cell) => effectiveDepthUm(cell, optics));
  if (exposure !== null) {
    const sensed = { ...search, exposure };
    const candidates = cells.flatMap((cell, i) => candidate(cell, depths[i]!, sensed));
    if (candidates.length > 0) return bestPlane(candidates, sensed);
  }
  return medianOf(depths);
}

/** A cell as the search sees it. */
interface Candidate extends TraceRange {
  readonly effective_um: number;
  /** In focus. */
  readonly variance_um2: number;
  readonly radius_um: number;
  /** Electrons per unit of fluorescence where no blur lowers the peak. */
  readonly gain: number;
  readonly background_e: number;
}

function candidate(
  { z_um, range, radius_um, photon_budget, background }: FocusCell,
  effective_um: number,
  { optics, tissue, exposure }: FocusSearch & { readonly exposure: Exposure },
): Candidate[] {
  if (range === null) return [];
  const light = collectedShare(z_um, optics, tissue) * photon_budget;
  return [
    {
      ...range,
      effective_um,
      radius_um,
      variance_um2: inFocusVarianceUm2(z_um, optics, tissue),
      gain: expectedElectrons(light, exposure),
      background_e: expectedElectrons(background * photon_budget, exposure),
    },
  ];
}

function effectiveDepthUm({ z_um, y_um, x_um }: FocusCell, optics: OpticsParameters): number {
  return z_um + curvatureShiftUm(hypot(y_um, x_um), optics.field_curvature_radius_um);
}

function bestPlane(
  candidates: readonly Candidate[],
  search: FocusSearch & { readonly exposure: Exposure },
): number {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { effective_um } of candidates) {
    lowest = Math.min(lowest, effective_um);
    highest = Math.max(highest, effective_um);
  }
  const spacing = (highest - lowest) / (CANDIDATE_PLANES - 1);
  let best = { plane_um: lowest, ...planeYield(lowest, candidates, search) };
  for (let i = 1; i < CANDIDATE_PLANES; i++) {
    const plane_um = lowest + i * spacing;
    const { detectable, signal_e } = planeYield(plane_um, candidates, search);
    const better =
      detectable > best.detectable || (detectable === best.detectable && signal_e > best.signal_e);
    if (better) best = { plane_um, detectable, signal_e };
  }
  return best.plane_um;
}

/** How many cells a plane makes detectable, and how many electrons of signal those have together. */
function planeYield(
  plane_um: number,
  candidates: readonly Candidate[],
  { optics, tissue, exposure }: FocusSearch & { readonly exposure: Exposure },
): { detectable: number; signal_e: number } {
  let detectable = 0;
  let signal_e = 0;
  for (const { effective_um, variance_um2, radius_um, ...cell } of candidates) {
    const defocus = defocusSigmaUm(effective_um, plane_um, optics, tissue);
    const gain = cell.gain * blurredDiscPeak(radius_um, variance_um2 + defocus * defocus);
    if (detectionSnr({ ...cell, gain }, exposure) < DETECTABLE_SNR) continue;
    detectable += 1;
    signal_e += cell.peak * gain;
  }
  return { detectable, signal_e };
}

function medianOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : median(Float64Array.from(values).sort());
}

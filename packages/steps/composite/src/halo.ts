// The halos of all cells: wide Gaussians, drawn by cubic B-splines on grids as coarse as their widths allow.
import { type Footprint, FootprintStack } from "@minisim/footprint";
import { coarseGrid } from "@minisim/kernels";
import { exp } from "@minisim/kernels/math";
import { halo } from "@minisim/optics";
import type { CoarseFields, NewCell, Shape } from "@minisim/pipeline";
import type { Acquisition } from "@minisim/spec";

// A cubic spline of spacing h misses a Gaussian of σ by at most about (h/σ)⁴/64 of its peak: 6e-5. What lies beyond 4.5 σ is left out, 4e-5.
const SPACING_PER_SIGMA = 0.25;
const REACH_SIGMAS = 4.5;
/** Widths that may share a grid; each grid costs as much as all pixels of a frame. */
const WIDEST_TO_NARROWEST = 2;

export interface CellHalo {
  readonly cell: number;
  /** Centre of the planted light, px of the canvas. */
  readonly row: number;
  readonly col: number;
  /** Light of the whole halo at an emission of 1. */
  readonly light: number;
  readonly sigma_px: number;
}

/** The halos of cells that have one: below the surface, with light. */
export function halosOf(
  cells: Iterable<NewCell>,
  { optics, tissue }: Acquisition,
  pixel_size_um: number,
): CellHalo[] {
  return [...cells].flatMap(({ position_um: [z_um], planted }, cell) => {
    const { share, sigma_um } = halo(z_um, optics, tissue);
    const { total, row, col } = centroid(planted);
    if (!(share * total > 0)) return [];
    return [{ cell, row, col, light: share * total, sigma_px: sigma_um / pixel_size_um }];
  });
}

function centroid({ row, col, height, width, data }: Footprint) {
  let total = 0;
  let down = 0;
  let right = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = data[y * width + x]!;
      total += light;
      down += light * y;
      right += light * x;
    }
  }
  return { total, row: row + down / total, col: col + right / total };
}

/** Sets of halos whose widths differ at most twofold, from the narrowest on; within a set in the order of the cells. */
export function sharingGrids<H extends { readonly sigma_px: number }>(halos: readonly H[]): H[][] {
  const groups: Set<H>[] = [];
  let narrowest = Number.POSITIVE_INFINITY;
  const sorted = [...halos].sort((a, b) => a.sigma_px - b.sigma_px);
  for (const one of sorted) {
    if (groups.length > 0 && one.sigma_px <= WIDEST_TO_NARROWEST * narrowest) {
      groups.at(-1)!.add(one);
      continue;
    }
    groups.push(new Set([one]));
    narrowest = one.sigma_px;
  }
  return groups.map((group) => halos.filter((one) => group.has(one)));
}

/** At least a pixel. */
export const spacingOf = (halos: readonly { readonly sigma_px: number }[]): number =>
  Math.max(
    1,
    SPACING_PER_SIGMA * halos.reduce((least, one) => Math.min(least, one.sigma_px), Infinity),
  );

/** Nodes on each side of a halo's centre. */
export const reachOf = (sigma_px: number, spacing_px: number): number =>
  (REACH_SIGMAS * sigma_px) / spacing_px;

/** Halos as coarse components, in their order. */
export function drawn(halos: readonly CellHalo[], canvas: Shape): CoarseFields {
  const spacing_px = spacingOf(halos);
  const grid = coarseGrid(canvas, spacing_px);
  const patches = halos.map((one) => patchOf(one, canvas, grid, spacing_px));
  return { spacing_px, coefficients: FootprintStack.from(patches, grid) };
}

/**
 * Coefficients light · h² G_y G_x at the nodes: a cubic B-spline of spacing h is nearly a Gaussian of variance h²/3, so G has the variance
 * σ² − h²/3 and their sum over the splines has σ².
 */
function patchOf(
  { row, col, light, sigma_px }: CellHalo,
  canvas: Shape,
  grid: Shape,
  spacing_px: number,
): Footprint {
  const relative = sigma_px / spacing_px;
  const sigma = Math.sqrt(Math.max(relative * relative - 1 / 3, 1 / 3));
  const reach = reachOf(sigma_px, spacing_px);
  const down = gaussianAlong(row, canvas.height, grid.height, spacing_px, sigma, reach);
  const along = gaussianAlong(col, canvas.width, grid.width, spacing_px, sigma, reach);
  const [height, width] = [down.values.length, along.values.length];
  // A unit of light a square of nodes is spread over its pixels.
  const scale = light / (2 * Math.PI * sigma * sigma * spacing_px * spacing_px);
  const data = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[y * width + x] = scale * down.values[y]! * along.values[x]!;
    }
  }
  return { row: down.first, col: along.first, height, width, data };
}

function gaussianAlong(
  pixel: number,
  length: number,
  nodes: number,
  spacing_px: number,
  sigma: number,
  reach: number,
): { readonly first: number; readonly values: number[] } {
  const place = (pixel - (length - 1) / 2) / spacing_px + (nodes - 1) / 2;
  const first = Math.min(Math.max(Math.ceil(place - reach), 0), nodes);
  const last = Math.max(Math.min(Math.floor(place + reach), nodes - 1), first - 1);
  const values = Array.from({ length: last - first + 1 }, (_, i) => {
    const distance = (first + i - place) / sigma;
    return exp(-(distance * distance) / 2);
  });
  return { first: values.length ? first : 0, values };
}

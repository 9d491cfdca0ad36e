// The fields of the components, as coefficients of cubic B-splines on a coarse grid: a common pattern of light, times each one's own.
import { blurField, coarseGrid, gaussianTaps, normalField, splineLines } from "@minisim/kernels";
import type { FrameSeries, Shape } from "@minisim/pipeline";

// A B-spline of spacing h is nearly a Gaussian of variance h²/3, so h = σ/2 leaves 11/12 of σ² to the noise on the nodes: smooth enough
// that the grid cannot be seen (its frequency is damped by exp(−(2π)² · 2 · 11/12)).
const SPACING_PER_SIGMA = 0.5;

/** Distance of the nodes: half the width of the fields, and at least a pixel. */
export function spacingOf(sigma_px: number): number {
  return Math.max(1, SPACING_PER_SIGMA * sigma_px);
}

export interface Contrast {
  readonly spatial_contrast: number;
  readonly fluctuation_contrast: number;
}

/**
 * S_k = max(0, 1 + spatial_contrast g_0) · max(0, 1 + fluctuation_contrast g_k) at the nodes, g of unit variance; the g_k of all components
 * cancel, so that spatial_contrast alone decides the mean image. B-splines are not negative, so neither is the light.
 * @param keys those of the noise of g_0, and of g_1 and on
 * @returns component × node
 */
export function componentNodes(
  grid: Shape,
  sigma_nodes: number,
  { spatial_contrast, fluctuation_contrast }: Contrast,
  keys: readonly (readonly [number, number])[],
): Float64Array {
  const [common, ...own] = keys.map((key) => gaussianNodes(grid, sigma_nodes, key));
  centre(own);
  const size = grid.height * grid.width;
  const nodes = new Float64Array(own.length * size);
  for (const [k, field] of own.entries()) {
    for (let i = 0; i < size; i++) {
      const pattern = Math.max(0, 1 + spatial_contrast * common![i]!);
      nodes[k * size + i] = pattern * Math.max(0, 1 + fluctuation_contrast * field[i]!);
    }
  }
  return nodes;
}

/**
 * White noise at the nodes, low-passed so that its spline is correlated like a Gaussian of `sigma_nodes`, and scaled so that the spline has
 * unit variance on average. The noise belongs to nodes counted from the centre, and its low-pass sees noise beyond the grid, so a wider
 * grid keeps what it had.
 */
export function gaussianNodes(
  grid: Shape,
  sigma_nodes: number,
  key: readonly [number, number],
): Float64Array {
  const sigma = Math.sqrt(Math.max(0, sigma_nodes * sigma_nodes - 1 / 3));
  const { taps, radius } = gaussianTaps(sigma);
  const rows = grid.height + 2 * radius;
  const cols = grid.width + 2 * radius;
  const noise = normalField(
    { rows, cols, rowStart: -(rows - 1) / 2, colStart: -(cols - 1) / 2 },
    key,
  );
  const blurred = blurField(noise, { height: rows, width: cols }, sigma, "zero");
  const scale = 1 / splineVariance(taps);
  const nodes = new Float64Array(grid.height * grid.width);
  for (let row = 0; row < grid.height; row++) {
    const from = (row + radius) * cols + radius;
    for (let col = 0; col < grid.width; col++) {
      nodes[row * grid.width + col] = blurred[from + col]! * scale;
    }
  }
  return nodes;
}

// The cubic B-spline's correlation with itself at 0, 1, 2 and 3 nodes: the B-spline of degree 7.
const SPLINE_CORRELATION = [2416 / 5040, 1191 / 5040, 120 / 5040, 1 / 5040] as const;

/** Mean variance along an axis of the spline whose coefficients are white noise behind these taps. In two dimensions it is the square. */
function splineVariance(taps: Float64Array): number {
  let variance = 0;
  for (const [lag, share] of SPLINE_CORRELATION.entries()) {
    let correlation = 0;
    for (let i = 0; i + lag < taps.length; i++) correlation += taps[i]! * taps[i + lag]!;
    variance += (lag === 0 ? 1 : 2) * share * correlation;
  }
  return variance;
}

/** Takes from each field the mean of all, and gives it back the variance that it loses by it; a field alone becomes 0. */
function centre(fields: readonly Float64Array[]): void {
  const n = fields.length;
  const scale = n > 1 ? Math.sqrt(n / (n - 1)) : 0;
  const size = fields[0]!.length;
  for (let i = 0; i < size; i++) {
    let mean = 0;
    for (const field of fields) mean += field[i]! / n;
    for (const field of fields) field[i] = (field[i]! - mean) * scale;
  }
}

/** The fields at the pixels of a view that has its centre in that of the grid, component · row × column, as a recipe: a line at a time. */
export function fieldsOf(
  nodes: Float64Array,
  grid: Shape,
  view: Shape,
  spacing_px: number,
): FrameSeries {
  const read = splineLines(grid, view, spacing_px);
  const size = grid.height * grid.width;
  return {
    rows: (nodes.length / size) * view.height,
    frames: view.width,
    read(row, start, end, target, at) {
      const y = row % view.height;
      read(nodes, ((row - y) / view.height) * size, y, start, end, target, at);
    },
  };
}

/** The grid of nodes that a canvas needs. */
export const nodeGrid = (canvas: Shape, sigma_px: number): Shape =>
  coarseGrid(canvas, spacingOf(sigma_px));

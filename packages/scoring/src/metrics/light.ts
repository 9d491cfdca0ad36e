// Likeness by light: whose light an estimate gathers, and whether it lies there. It does not ask how tightly a tool draws.
import { exp } from "@minisim/kernels/math";
import { inPeaks, peakOf, type SparseCells, weightsAt } from "./cells.ts";
import { mapPairs, type SparseSimilarity, sharedLight } from "./pairs.ts";
import { placesOf } from "./place.ts";

/** A cell that hardly shines, or not at all, still has a footprint to be told by: this share of the brightest's light. */
const FAINTEST = 1e-9;

/**
 * Footprint j, laid over a movie, gathers the light ℓ_ij = s_i Σ_p a_j(p) A_i(p) of cell i, of which A_i is the true footprint and s_i
 * the brightness. Of all the cells' light that it gathers, P_ij = ℓ_ij / Σ_k ℓ_kj is that cell's. The true footprint itself gathers
 * the share P_ii, less than 1 where neighbours overlap: nobody's drawing can be asked for more. With d the distance of the centres and
 * σ_i the cell's width (place.ts), the likeness is
 *
 *     √ min(1, P_ij / P_ii) · exp(−d² / 2σ_i²).
 *
 * It is 1 for the true footprint, and stays near it when that is cut at half its peak, made a mask, or drawn with wide skirts. It
 * reaches 0.5 for a centre at the half maximum of a Gaussian cell, or, in its middle, for a quarter of the share that there could be.
 *
 * Where an estimate could be several cells, the one whose light it mostly is comes first: pairings prefer likeness · (1 + P_ij) / 2.
 */
export function lightSimilarity(
  estimate: SparseCells,
  truth: SparseCells,
  brightness: ArrayLike<number> | null,
): SparseSimilarity {
  const strengths = strengthsOf(truth, brightness);
  const [rows, own] = [inPeaks(estimate), inPeaks(truth)];
  const gathered = gatheredFrom(totalLight(own, strengths), rows);
  const purest = purestShares(own, strengths);
  const [places, homes] = [placesOf(estimate), placesOf(truth)];
  const shared = sharedLight(rows, own, "product");
  const purities = mapPairs(shared, (value, j, i) => (strengths[i]! * value) / gathered[j]!);
  return mapPairs(
    purities,
    (purity, j, i) => {
      const [at, home] = [places[j]!, homes[i]!];
      const [dy, dx] = [at.y - home.y, at.x - home.x];
      const nearness = exp(-(dy * dy + dx * dx) / (2 * home.width * home.width));
      return Math.sqrt(Math.min(1, purity / purest[i]!)) * nearness;
    },
    (likeness, slot) => (likeness * (1 + Math.min(1, purities.values[slot]!))) / 2,
  );
}

/** What the weights of a cell, in units of its peak, are to be multiplied by; in units of the largest of these. */
function strengthsOf(truth: SparseCells, brightness: ArrayLike<number> | null): Float64Array {
  const count = truth.starts.length - 1;
  const peaks = Float64Array.from({ length: count }, (_, i) => peakOf(truth, i));
  const strongest = peaks.reduce((most, peak) => Math.max(most, peak), 0);
  const given = Float64Array.from(peaks, (_, i) => brightness?.[i] ?? 1);
  const brightest = given.reduce((most, value) => Math.max(most, value), 0);
  return peaks.map((peak, i) => {
    const relative = brightest > 0 ? given[i]! / brightest : 1;
    return Math.max((peak / strongest) * relative, FAINTEST);
  });
}

/** The light of all cells together, an image. */
function totalLight(
  { canvas, starts, pixels, weights }: SparseCells,
  strengths: Float64Array,
): Float64Array {
  const image = new Float64Array(canvas.height * canvas.width);
  for (const [i, strength] of strengths.entries()) {
    for (let k = starts[i]!; k < starts[i + 1]!; k++) image[pixels[k]!]! += strength * weights[k]!;
  }
  return image;
}

/** Σ_p a(p) · image(p) for each cell. */
function gatheredFrom(image: Float64Array, { starts, pixels, weights }: SparseCells): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, i) => {
    let sum = 0;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) sum += weights[k]! * image[pixels[k]!]!;
    return sum;
  });
}

function squares({ starts, weights }: SparseCells, cell: number): number {
  let sum = 0;
  for (let k = starts[cell]!; k < starts[cell + 1]!; k++) sum += weights[k]! * weights[k]!;
  return sum;
}

/** 0 to 1: of the light under each true footprint, all cells', the share that is its own. */
export function ownShares(truth: SparseCells, brightness: ArrayLike<number> | null): Float64Array {
  return purestShares(inPeaks(truth), strengthsOf(truth, brightness));
}

/** 0 to 1: how bright a cell is, in units of its peak, where an estimate lies: the mean over the estimate's weights. */
export function brightnessUnder(
  estimate: SparseCells,
  unit: number,
  truth: SparseCells,
  cell: number,
): number {
  const [from, to] = [estimate.starts[unit]!, estimate.starts[unit + 1]!];
  const light = weightsAt(truth, cell, estimate.pixels.subarray(from, to));
  const peak = peakOf(truth, cell);
  let [sum, total] = [0, 0];
  for (const [k, value] of light.entries()) {
    const weight = estimate.weights[from + k]!;
    total += weight;
    sum += weight * (value / peak);
  }
  return total > 0 ? sum / total : 0;
}

/** `own` in units of its peaks. */
function purestShares(own: SparseCells, strengths: Float64Array): Float64Array {
  const gathered = gatheredFrom(totalLight(own, strengths), own);
  return gathered.map((all, i) => (all > 0 ? (strengths[i]! * squares(own, i)) / all : 0));
}

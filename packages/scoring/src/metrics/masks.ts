// Footprints as sets of pixels.
import type { Canvas } from "@minisim/footprint";
import { type Footprints, peakOf, type SparseCells, sparseCells } from "./cells.ts";

/** Pixels of a canvas, as y · width + x, ascending. */
export interface PixelMask {
  readonly canvas: Canvas;
  readonly pixels: Int32Array;
}

/**
 * The pixels of footprint `index` that are brighter than `fraction` (0 to 1) of its peak; none if it is dark.
 * @throws RangeError for an index or a fraction out of range.
 */
export function footprintMask(footprints: Footprints, index: number, fraction = 0.18): PixelMask {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new RangeError(`A mask's fraction of the peak is 0 to 1, not ${fraction}.`);
  }
  const cells = oneCell(footprints, index);
  const least = fraction * peakOf(cells, 0);
  const pixels = cells.pixels.filter((_, k) => cells.weights[k]! > least);
  return { canvas: cells.canvas, pixels };
}

/**
 * The fewest brightest pixels of footprint `index` that hold `energyFraction` of its light; none if it is dark. Of
 * equally bright pixels those that come first (rows first) are taken.
 * @throws RangeError for an index out of range or a fraction outside (0, 1].
 */
export function energyMask(footprints: Footprints, index: number, energyFraction = 0.9): PixelMask {
  const { canvas, pixels } = energyMasks(oneCell(footprints, index), energyFraction);
  return { canvas, pixels };
}

/** The energy masks of all cells; every weight becomes 1. */
export function energyMasks(cells: SparseCells, energyFraction: number): SparseCells {
  if (!(energyFraction > 0 && energyFraction <= 1)) {
    throw new RangeError(
      `The energy fraction of a mask is above 0 and at most 1, not ${energyFraction}.`,
    );
  }
  const count = cells.starts.length - 1;
  const starts = new Int32Array(count + 1);
  const pixels = new Int32Array(cells.pixels.length);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const peak = peakOf(cells, i);
    const [from, to] = [cells.starts[i]!, cells.starts[i + 1]!];
    // In units of the peak, so that the sums over a flat footprint are exact.
    const light = cells.weights.slice(from, to).map((weight) => weight / peak);
    let { level, ties } = cutOf(light, energyFraction);
    for (let k = 0; k < light.length; k++) {
      const isTie = light[k] === level;
      if (!(light[k]! > level || (isTie && ties > 0))) continue;
      if (isTie) ties -= 1;
      pixels[next] = cells.pixels[from + k]!;
      next += 1;
    }
    starts[i + 1] = next;
  }
  return {
    canvas: cells.canvas,
    starts,
    pixels: pixels.slice(0, next),
    weights: new Float64Array(next).fill(1),
  };
}

/** The level above which all pixels belong to the mask, and how many of those just at it. */
function cutOf(light: Float64Array, energyFraction: number): { level: number; ties: number } {
  const sorted = light.slice().sort();
  let total = 0;
  for (let k = sorted.length - 1; k >= 0; k--) total += sorted[k]!;
  let held = 0;
  let k = sorted.length;
  while (k > 0 && !(held >= energyFraction * total && held > 0)) {
    k -= 1;
    held += sorted[k]!;
  }
  const level = sorted[k] ?? 0;
  let ties = 0;
  while (sorted[k + ties] === level) ties += 1;
  return { level, ties };
}

function oneCell(footprints: Footprints, index: number): SparseCells {
  if (!(Number.isInteger(index) && index >= 0 && index < footprints.length)) {
    throw new RangeError(`Of ${footprints.length} footprints there is none at ${index}.`);
  }
  return sparseCells({ canvas: footprints.canvas, length: 1, at: () => footprints.at(index) });
}

// Which part of a cell a footprint draws: of its core, the pixels above half its peak.
import { peakOf, type SparseCells, weightsAt } from "./cells.ts";

const CORE = 0.5;

/** The part of one cell's core that an estimate draws, pixel by pixel of the core. */
export interface Drawn {
  /** Weights, at most the cell's own, in units of the core's light. */
  readonly light: Float64Array;
  /** 0 to 1: their sum. */
  readonly coverage: number;
}

/**
 * Both are brought to the same light within the core, and of each pixel the smaller of the two is drawn. So what lies outside of the
 * core, how bright and how wide a drawing is, does not matter: a cell cut at half its peak is covered wholly, half a cell to a half.
 */
export function drawnPart(
  estimate: SparseCells,
  unit: number,
  truth: SparseCells,
  cell: number,
): Drawn {
  const core = coreOf(truth, cell);
  const weights = weightsAt(estimate, unit, core.pixels);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const light = core.light.map((own, k) => (total > 0 ? Math.min(weights[k]! / total, own) : 0));
  return {
    light,
    coverage: Math.min(
      1,
      light.reduce((sum, value) => sum + value, 0),
    ),
  };
}

/** 0 to 1: how much of the smaller of two parts of one cell is in the other, too. */
export function commonPart(a: Drawn, b: Drawn): number {
  const least = Math.min(a.coverage, b.coverage);
  const both = a.light.reduce((sum, value, k) => sum + Math.min(value, b.light[k]!), 0);
  return least > 0 ? Math.min(1, both / least) : 0;
}

/** Pixels, ascending, and their share of the core's light. */
function coreOf(truth: SparseCells, cell: number) {
  const { starts, pixels, weights } = truth;
  const least = CORE * peakOf(truth, cell);
  const members: number[] = [];
  for (let k = starts[cell]!; k < starts[cell + 1]!; k++) if (weights[k]! >= least) members.push(k);
  const total = members.reduce((sum, k) => sum + weights[k]!, 0);
  return {
    pixels: Int32Array.from(members, (k) => pixels[k]!),
    light: Float64Array.from(members, (k) => weights[k]! / total),
  };
}

// Whose light is in the transients of an estimate: exact, for the light of every cell is known in every frame and pixel.
import { median } from "@minisim/kernels/statistics";
import type { Transient } from "./transients.ts";

/** A true cell under an estimate: how much of its light the footprint gathers at an activity of 1, and its activity. */
export interface CellUnder {
  readonly cell: number;
  readonly gathered: number;
  /** Clean calcium, one value a frame. */
  readonly activity: ArrayLike<number>;
}

/** What a cell has in the transients of an estimate. */
export interface AttributedCell {
  readonly cell: number;
  /** How many transients are mostly its light. */
  readonly n_transients: number;
  /** 0 to 1: of the light that rises in all transients, its share. */
  readonly share: number;
}

export interface Attribution {
  readonly n_transients: number;
  /** The cells that have one, or 1 % of the light, by descending number of transients. */
  readonly cells: readonly AttributedCell[];
  /** How many transients are nobody's: the cells' light rises too little for them. Noise and background. */
  readonly n_nobodys: number;
  /** How many are mostly the light of the cell that the estimate is for; null without one. */
  readonly n_own: number | null;
}

/**
 * A transient is nobody's if the cells' light rises by less than this share of what it does, relative to the height, in the estimate's usual one. An
 * estimate: a trace whose scale drifts by a factor of 4 within a recording would be told by its user.
 */
const LEAST = 0.25;
const SLIGHT = 0.01;

/**
 * In a transient from the frame t₀ to t₁, the light of cell i rises in the footprint a by
 *
 *     g_i = Σ_p a(p) A_i(p) · max over t₀ ≤ t ≤ t₁ of (C_i(t) − C_i(t₀)),
 *
 * where A_i is the observed footprint and C_i the clean calcium: its light less what it was before. The transient is the cell's with the
 * largest g. It is nobody's where Σ_i g_i / height is below a quarter of the median over the estimate's transients in which any light rises.
 */
export function attributionOf(
  transients: readonly Transient[],
  cells: readonly CellUnder[],
  own: number | null,
): Attribution {
  const rises = transients.map(({ start, peak }) =>
    cells.map(({ gathered, activity }) => gathered * riseOf(activity, start, peak)),
  );
  const totals = rises.map((row) => row.reduce((sum, value) => sum + value, 0));
  const relative = totals.map((total, k) => total / transients[k]!.height);
  const lit = Float64Array.from(relative.filter((value) => value > 0)).sort();
  const least = lit.length > 0 ? LEAST * median(lit) : Infinity;
  const isSomebodys = relative.map((value) => value >= least);
  const counts = new Int32Array(cells.length);
  const light = new Float64Array(cells.length);
  for (const [k, row] of rises.entries()) {
    if (!isSomebodys[k]) continue;
    counts[row.indexOf(Math.max(...row))]! += 1;
    for (const [i, value] of row.entries()) light[i]! += value;
  }
  const all = light.reduce((sum, value) => sum + value, 0);
  const attributed = cells.map(({ cell }, i): AttributedCell => {
    return { cell, n_transients: counts[i]!, share: all > 0 ? light[i]! / all : 0 };
  });
  return {
    n_transients: transients.length,
    cells: attributed
      .filter(({ n_transients, share }) => n_transients > 0 || share >= SLIGHT)
      .sort((a, b) => b.n_transients - a.n_transients || b.share - a.share || a.cell - b.cell),
    n_nobodys: isSomebodys.filter((is) => !is).length,
    n_own: own === null ? null : (attributed.find(({ cell }) => cell === own)?.n_transients ?? 0),
  };
}

function riseOf(activity: ArrayLike<number>, start: number, peak: number): number {
  let highest = 0;
  for (let t = start; t <= peak; t++) {
    highest = Math.max(highest, activity[t]! - activity[start]!);
  }
  return highest;
}

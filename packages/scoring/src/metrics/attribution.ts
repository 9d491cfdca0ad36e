// Whose light is in the transients of an estimate: exact, for the light of every cell is known in every frame and pixel.
import { quantile } from "@minisim/kernels/statistics";
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
 * A transient is nobody's if the cells' light rises, relative to its height, by less than this share of what its own cell's does in bright ones: at
 * the 90th percentile, for where a trace is another cell's, hardly any transient has the light. Estimates: a trace whose scale drifts by a
 * factor of 4 within a recording would be told by its user.
 */
const LEAST = 0.25;
const BRIGHT = 0.9;
const SLIGHT = 0.01;

/**
 * In a transient from the frame t₀ to t₁, the light of cell i rises in the footprint a by
 *
 *     g_i = Σ_p a(p) A_i(p) · max over t₀ ≤ t ≤ t₁ of (C_i(t) − C_i(t₀)),
 *
 * where A_i is the observed footprint and C_i the clean calcium: its light less what it was before. The transient is the cell's with the
 * largest g. It is nobody's where Σ_i g_i / height is below a quarter of the
 * 90th percentile of g / height of the estimate's own cell (without one, of the cell with most light), over the transients in which it rises.
 */
export function attributionOf(
  transients: readonly Transient[],
  cells: readonly CellUnder[],
  own: number | null,
): Attribution {
  const rises = transients.map(({ start, peak }) =>
    cells.map(({ gathered, activity }) => gathered * riseOf(activity, start, peak)),
  );
  const relative = (light: (row: readonly number[]) => number) =>
    rises.map((row, k) => light(row) / transients[k]!.height);
  const home = cells.findIndex(({ cell }) => cell === own);
  const reference = home >= 0 ? home : brightest(rises, cells.length);
  const bright = Float64Array.from(
    relative((row) => row[reference] ?? 0).filter((value) => value > 0),
  );
  const least = bright.length > 0 ? LEAST * quantile(bright.sort(), BRIGHT) : Infinity;
  const isSomebodys = relative((row) => row.reduce((sum, value) => sum + value, 0)).map(
    (value) => value >= least,
  );
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

/** The cell whose light rises most in all. */
function brightest(rises: readonly (readonly number[])[], count: number): number {
  const sums = new Float64Array(count);
  for (const row of rises) for (const [i, value] of row.entries()) sums[i]! += value;
  return sums.indexOf(sums.reduce((most, value) => Math.max(most, value), 0));
}

function riseOf(activity: ArrayLike<number>, start: number, peak: number): number {
  let highest = 0;
  for (let t = start; t <= peak; t++) {
    highest = Math.max(highest, activity[t]! - activity[start]!);
  }
  return highest;
}

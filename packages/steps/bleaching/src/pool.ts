// The intact fraction B of a cell's fluorophore: bleached by the light it makes, refilled by turnover.
//   dB/dt = (1 − B)/τ − q·I·e(t)·C(t)·B,  B(0) = 1
import { exp } from "@minisim/kernels/math";
import { type FrameSeries, Summarizer } from "@minisim/pipeline";

export interface PoolRates {
  /** q per frame: bleach_susceptibility / fps. */
  readonly q_per_frame: number;
  /** τ in frames: turnover_tau_s · fps. */
  readonly tau_frames: number;
  /** I, relative excitation at the cell. */
  readonly intensity: number;
}

/** The rates of one cell, under excitation that may change from frame to frame. */
export interface CellRates extends PoolRates {
  /** e, a factor on the excitation, one row; null: always 1. */
  readonly course: FrameSeries | null;
}

/**
 * B at the start of each frame under C · e, exact for light that is constant within a frame: with k = 1/τ and
 * λ = k + q·I·C·e, B relaxes toward k/λ at rate λ.
 */
export function fluorophorePool(emission: Float64Array, rates: PoolRates): Float64Array {
  const pool = new Float64Array(emission.length);
  advance(emission, rates, pool, emission.length, 1);
  return pool;
}

/** Writes the first `frames` of `pool`, from B = `intact`; returns B after them. */
function advance(
  emission: Float64Array,
  { q_per_frame, tau_frames, intensity }: PoolRates,
  pool: Float64Array,
  frames: number,
  intact: number,
): number {
  const refill = 1 / tau_frames;
  let left = intact;
  for (let frame = 0; frame < frames; frame++) {
    const light = Math.max(emission[frame]!, 0);
    pool[frame] = left;
    const rate = refill + q_per_frame * intensity * light;
    const steady = refill / rate;
    left = steady + (left - steady) * exp(-rate);
  }
  return left;
}

// Frames between two remembered values of a pool: what a stretch read alone has to run through at most before it begins.
const CHECKPOINT_FRAMES = 64;

/** The pools of all cells under their emission, computed when read. @param rates of one cell */
export function poolSeries(emission: FrameSeries, rates: (cell: number) => CellRates): FrameSeries {
  const { rows, frames } = emission;
  const perCell = Math.ceil(frames / CHECKPOINT_FRAMES);
  const states = new Float64Array(rows * perCell);
  const light = new Float64Array(CHECKPOINT_FRAMES);
  const excited = new Float64Array(CHECKPOINT_FRAMES);
  const piece = new Float64Array(CHECKPOINT_FRAMES);
  const own = Array.from({ length: rows }, (_, cell) => rates(cell));

  /** The pool over one piece, from its remembered start; returns what is left at its end. */
  function run(cell: number, index: number): number {
    const start = index * CHECKPOINT_FRAMES;
    const length = Math.min(CHECKPOINT_FRAMES, frames - start);
    const { course, ...constants } = own[cell]!;
    const intact = states[cell * perCell + index]!;
    emission.read(cell, start, start + length, light, 0);
    if (!course) return advance(light, constants, piece, length, intact);
    course.read(0, start, start + length, excited, 0);
    for (let i = 0; i < length; i++) excited[i]! *= light[i]!;
    return advance(excited, constants, piece, length, intact);
  }

  const series: FrameSeries = {
    rows,
    frames,
    read(cell, start, end, target, at) {
      for (
        let index = Math.floor(start / CHECKPOINT_FRAMES);
        index * CHECKPOINT_FRAMES < end;
        index++
      ) {
        run(cell, index);
        const first = Math.max(start, index * CHECKPOINT_FRAMES);
        const last = Math.min(end, (index + 1) * CHECKPOINT_FRAMES);
        const from = first - index * CHECKPOINT_FRAMES;
        for (let i = 0; i < last - first; i++) target[at + first - start + i] = piece[from + i]!;
      }
    },
  };
  // The only pass over all cells and frames, which later steps would otherwise repeat for sums and extremes.
  const lightSummary = new Summarizer(emission);
  const poolSummary = new Summarizer(series);
  for (let cell = 0; cell < rows; cell++) {
    let intact = 1;
    for (let index = 0; index < perCell; index++) {
      states[cell * perCell + index] = intact;
      intact = run(cell, index);
      const start = index * CHECKPOINT_FRAMES;
      const length = Math.min(CHECKPOINT_FRAMES, frames - start);
      lightSummary.note(cell, start, light, length);
      poolSummary.note(cell, start, piece, length);
    }
  }
  lightSummary.remember();
  poolSummary.remember();
  return series;
}

/** Where B settles under constant emission: k / (k + q·I·emission). Rates in any one unit of time. */
export function bleachingFloor(
  q: number,
  intensity: number,
  emission: number,
  turnoverTau: number,
): number {
  const refill = 1 / turnoverTau;
  return refill / (refill + q * intensity * emission);
}

/** B after t in the dark, from b0: 1 − (1 − b0) e^(−t/τ). */
export function darkRecovery(b0: number, t: number, turnoverTau: number): number {
  return 1 - (1 - b0) * exp(-t / turnoverTau);
}

// The intact fraction B of a cell's fluorophore: bleached by the light it makes, refilled by turnover.
//   dB/dt = (1 − B)/τ − q·I·e(t)·C(t)·B,  B(0) = 1
import { exp } from "@minisim/kernels/math";
import { type FrameSeries, type JointReading, READ_FRAMES } from "@minisim/pipeline";

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

/** The pools of all cells under their emission, computed when read. */
export interface Pools {
  readonly series: FrameSeries;
  /** Emission and pool in one reading. A pool is remembered every READ_FRAMES, as far as it was read. */
  readonly reading: JointReading;
}

/** @param rates of one cell */
export function poolsOf(emission: FrameSeries, rates: (cell: number) => CellRates): Pools {
  const { rows, frames } = emission;
  const perCell = Math.ceil(frames / READ_FRAMES);
  // B at the start of each piece of READ_FRAMES; 0 where nobody has come so far. A B of 0 would be worked out again each time.
  const states = new Float64Array(rows * perCell);
  if (perCell > 0) for (let cell = 0; cell < rows; cell++) states[cell * perCell] = 1;
  const light = new Float64Array(READ_FRAMES);
  const excited = new Float64Array(READ_FRAMES);
  const piece = new Float64Array(READ_FRAMES);
  const both = [light, piece];
  const own = Array.from({ length: rows }, (_, cell) => rates(cell));

  /** Light and pool over one piece, from the last remembered start before it. */
  function run(cell: number, index: number): void {
    let from = index;
    while (from > 0 && states[cell * perCell + from] === 0) from--;
    for (; from <= index; from++) step(cell, from);
  }

  function step(cell: number, index: number): void {
    const start = index * READ_FRAMES;
    const length = Math.min(READ_FRAMES, frames - start);
    const { course, ...constants } = own[cell]!;
    const intact = states[cell * perCell + index]!;
    emission.read(cell, start, start + length, light, 0);
    let left: number;
    if (course) {
      course.read(0, start, start + length, excited, 0);
      for (let i = 0; i < length; i++) excited[i]! *= light[i]!;
      left = advance(excited, constants, piece, length, intact);
    } else left = advance(light, constants, piece, length, intact);
    if (index + 1 < perCell) states[cell * perCell + index + 1] = left;
  }

  const series: FrameSeries = {
    rows,
    frames,
    read(cell, start, end, target, at) {
      for (let index = Math.floor(start / READ_FRAMES); index * READ_FRAMES < end; index++) {
        run(cell, index);
        const first = Math.max(start, index * READ_FRAMES);
        const last = Math.min(end, (index + 1) * READ_FRAMES);
        const from = first - index * READ_FRAMES;
        for (let i = 0; i < last - first; i++) target[at + first - start + i] = piece[from + i]!;
      }
    },
  };
  const reading: JointReading = {
    series: [emission, series],
    read(cell, start) {
      run(cell, start / READ_FRAMES);
      return both;
    },
    state: {
      at: (cell, frame) => states[cell * perCell + frame / READ_FRAMES]!,
      set(cell, frame, intact) {
        states[cell * perCell + frame / READ_FRAMES] = intact;
      },
    },
  };
  return { series, reading };
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

// The intact fraction B of a cell's fluorophore: bleached by the light it makes, refilled by turnover.
//   dB/dt = (1 − B)/τ − q·I·C(t)·B,  B(0) = 1
import { exp } from "@minisim/kernels/math";

export interface PoolRates {
  /** q per frame: bleach_susceptibility / fps. */
  readonly q_per_frame: number;
  /** τ in frames: turnover_tau_s · fps. */
  readonly tau_frames: number;
  /** I, relative excitation at the cell. */
  readonly intensity: number;
}

/**
 * B at the start of each frame, exact for emission that is constant within a frame: with k = 1/τ and λ = k + q·I·C,
 * B relaxes toward k/λ at rate λ. Writes `frames` values into `pool` from `at`.
 */
export function fluorophorePool(
  emission: Float64Array,
  { q_per_frame, tau_frames, intensity }: PoolRates,
  pool: Float64Array = new Float64Array(emission.length),
  at = 0,
  frames = emission.length,
): Float64Array {
  const refill = 1 / tau_frames;
  let intact = 1;
  for (let frame = at; frame < at + frames; frame++) {
    pool[frame] = intact;
    const rate = refill + q_per_frame * intensity * Math.max(emission[frame]!, 0);
    const steady = refill / rate;
    intact = steady + (intact - steady) * exp(-rate);
  }
  return pool;
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

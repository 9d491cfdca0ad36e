// Why a cell may have been missed: what makes it hard, known from the truth alone.
import type { TrueCell } from "./true-cells.ts";

export const MISSED_REASONS = ["out_of_field", "silent", "dim", "crowded", "unexplained"] as const;
/**
 * - `out_of_field`: less than half of its light falls into the field of view.
 * - `silent`: it has no spike in the recording.
 * - `dim`: its SNR is below `DIM_SNR`.
 * - `crowded`: less than half of the light under its footprint is its own.
 * - `unexplained`: none of these.
 */
export type MissedReason = (typeof MISSED_REASONS)[number];

/**
 * Of cells well inside the field of a simulated V4 recording, CaImAn's CNMF-E found .46 at a measured SNR of 1 to 2, .86 at 2 to 3 and .91 at
 * 3 to 4 (our own run; an estimate, of one recording).
 */
const DIM_SNR = 3;
const HALF = 0.5;

/** The first of the reasons, in their order, that holds. */
export function missedBecause(cell: TrueCell): MissedReason {
  const { visible_fraction, n_spikes, detection_snr, own_light_fraction } = cell;
  if (visible_fraction !== null && visible_fraction < HALF) return "out_of_field";
  if (n_spikes === 0) return "silent";
  if (detection_snr !== null && detection_snr < DIM_SNR) return "dim";
  return own_light_fraction < HALF ? "crowded" : "unexplained";
}

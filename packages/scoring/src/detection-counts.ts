// Recall, precision and F1 out of counts.

export interface DetectionCounts {
  /** Cells in the denominator of recall. */
  readonly n_true: number;
  /** What the pipeline found. */
  readonly n_est: number;
  /** Pairs of the two, at least as similar as the threshold: true positives. */
  readonly n_matched: number;
  /** Estimates of real cells that are not in n_true: neither right nor wrong. */
  readonly n_excused: number;
}

/** All 0 to 1, and null where there is nothing to divide by: 0 of 0 is neither good nor bad. */
export interface DetectionShares {
  /** n_matched / n_true. */
  readonly recall: number | null;
  /** n_matched / (n_est − n_excused). */
  readonly precision: number | null;
  /** Harmonic mean of the two: 2 n_matched / (n_true + n_est − n_excused). */
  readonly f1: number | null;
}

export function detectionShares(counts: DetectionCounts): DetectionShares {
  const { n_true, n_est, n_matched, n_excused } = counts;
  const claims = n_est - n_excused;
  return {
    recall: share(n_matched, n_true),
    precision: share(n_matched, claims),
    f1: share(2 * n_matched, n_true + claims),
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

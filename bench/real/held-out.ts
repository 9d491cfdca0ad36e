// Measures that no number of a preset was set by.

/**
 * Known for the references, but not looked at when numbers were chosen. `raw_local_correlation` is not among them, although no number was set by it alone: it follows
 * from the shares of variance.
 */
export const HELD_OUT: ReadonlySet<string> = new Set([
  "corner_centre",
  "filtered_local_correlation.50",
  "truth.footprints.axis_ratio.50",
  "truth.footprints.nearest_over_fwhm.50",
  "variance_shares.ring_r2.50",
  "variance_shares.temporal_sd_over_level.50",
]);

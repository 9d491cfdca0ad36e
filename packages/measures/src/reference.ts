// What real recordings measure, with the sources of the numbers.

/** One real recording's value of one measure. */
export interface Reference {
  /** Path of the measure: "variance_shares.background". */
  readonly measure: string;
  readonly value: number;
  /** The recording that it was measured on, and what limits it. */
  readonly recording: string;
  /** Where the recording was published. */
  readonly source: string;
  /** Frame rate of what was measured, after binning; absent where it is not known. */
  readonly fps?: number;
  /** Side of a pixel of what was measured, after binning; absent where it is not known. */
  readonly pixel_size_um?: number;
}

const STRIATUM = {
  recording: "Inscopix nVista, dorsal striatum, GCaMP6f, 256 × 256 px after binning, 10 Hz",
  source: "Zhou et al. 2018, eLife 7:e28728; figure files in github zhoupc/eLife_submission",
  fps: 10,
  // Not stated. Estimate: the median footprint is 7.9 px wide at half of its maximum, and a medium spiny neuron with its blur about 15.5 µm.
  pixel_size_um: 2,
} as const;
const CENTRE = { ...STRIATUM, recording: `${STRIATUM.recording}, a region in the centre` } as const;
const PERIPHERY = {
  ...STRIATUM,
  recording: `${STRIATUM.recording}, a region at the periphery`,
} as const;
const WIRELESS = {
  recording:
    "UCLA wireless miniscope, 200 × 200 px, 8 bit, 20 Hz, 53 raw frames, row stripes removed",
  source: "test data of mio 0.12.1, github Aharoni-Lab/mio",
  fps: 20,
} as const;
const STRIPED = {
  recording:
    "UCLA wireless miniscope, 200 × 200 px, 8 bit, 20 Hz, 53 raw frames of a device with stripes",
  source: WIRELESS.source,
  fps: 20,
} as const;
const V4 = {
  recording:
    "Miniscope V4 of before v4.40, cortex, from screenshots: the display's stretch is not known",
  source: "denoising notebook in github Aharoni-Lab/Miniscope-v4",
} as const;

const DECOMPOSED = {
  ...STRIATUM,
  recording: `${STRIATUM.recording}, as CNMF-E took one frame apart`,
} as const;
const SELECTED = {
  recording:
    "Inscopix nVista, dorsal striatum, GCaMP6f, 10 Hz, traces and footprints of 24 cells of CNMF-E",
  source: STRIATUM.source,
  fps: 10,
} as const;
const running = (mouse: string, region: string) => ({
  recording: `miniature microscope, ${region} of mouse ${mouse}, GCaMP6f, 20 Hz, deconvolved by CNMF-E, running only, median of 8 sessions`,
  source:
    "github zivlab/unbiased_information_estimation; PLoS Comput Biol, doi:10.1371/journal.pcbi.1009832",
  fps: 20,
});
const oneCell = (task: string) => ({
  recording: `UCLA Miniscope, CA1, GCaMP6f, 30 Hz, one place cell, ${task}`,
  source: "github etterguillaume/CaImDecoding",
  fps: 30,
});
const registered = (session: number) => ({
  recording: `miniature microscope, hippocampus, session ${session}, footprints cut at half of their maximum`,
  source:
    "sample data in github zivlab/CellReg; Sheintuch et al. 2017, doi:10.1016/j.celrep.2017.10.013",
});

type Recording = Omit<Reference, "measure" | "value">;

const of = (at: Recording, values: Readonly<Record<string, number>>): Reference[] =>
  Object.entries(values).map(([measure, value]) => ({ measure, value, ...at }));

/**
 * Values of few recordings, and no more than that: what lies outside of their range is not wrong, but has to be explained. Shares of variance in
 * striatum are those of a CNMF-E decomposition, not of the ring; spectra are those of large regions of interest, not of the whole frame.
 */
export const REFERENCES: readonly Reference[] = [
  ...of(STRIATUM, {
    "variance_shares.background": 0.906,
    "variance_shares.noise": 0.075,
    "variance_shares.local": 0.019,
    "raw_local_correlation.50": 0.942,
    "filtered_local_correlation.50": 0.503,
    "photon_transfer_rows_removed.relative_noise_at_median_level": 0.00433,
    corner_centre: 0.504,
    "octave_contrast.2": 0.00532,
    "octave_contrast.4": 0.00831,
    "octave_contrast.8": 0.01031,
    "octave_contrast.16": 0.0144,
    "octave_contrast.32": 0.02044,
  }),
  ...of(CENTRE, {
    "mean_frame.power.0-0.1": 0.4834,
    "mean_frame.power.0.1-1": 0.4599,
    "mean_frame.power.1-5": 0.0563,
    "mean_frame.corr_time_s": 1.3,
    "mean_frame.sd_over_mean": 0.0201,
  }),
  ...of(PERIPHERY, {
    "mean_frame.power.0-0.1": 0.4574,
    "mean_frame.power.0.1-1": 0.4674,
    "mean_frame.power.1-5": 0.0747,
    "mean_frame.corr_time_s": 1.2,
    "mean_frame.sd_over_mean": 0.0166,
  }),
  ...of(WIRELESS, {
    "variance_shares.background": 0.7096,
    "variance_shares.noise": 0.1771,
    "variance_shares.local": 0.1133,
    "variance_shares.ring_r2.50": 0.713,
    "variance_shares.temporal_sd_over_level.50": 0.0619,
    "raw_local_correlation.50": 0.7759,
    "photon_transfer_rows_removed.slope": 0.05996,
    "photon_transfer_rows_removed.relative_noise_at_median_level": 0.02603,
    "pattern_noise.fixed_pattern_sd_over_level": 0.01655,
  }),
  ...of(STRIPED, { "pattern_noise.row_sd_over_level": 0.066 }),
  ...of(V4, {
    "pattern_noise.row_sd_over_level": 0.01218,
    "mean_frame.sd_over_mean": 0.0138,
    "octave_contrast.2": 0.02421,
    "octave_contrast.4": 0.05391,
    "octave_contrast.8": 0.08659,
    "octave_contrast.16": 0.0936,
    "octave_contrast.32": 0.07628,
  }),
  ...of(STRIATUM, {
    "truth.light.variance_shares.cells": 0.019,
    "truth.light.variance_shares.background": 0.906,
    "truth.light.variance_shares.noise": 0.075,
  }),
  ...of(DECOMPOSED, {
    "truth.light.cell_light_over_level.50": 0.00698,
    "truth.light.cell_light_over_level.95": 0.02356,
    "truth.light.cell_light_over_level.99": 0.04169,
  }),
  ...of(SELECTED, {
    "truth.activity.events_per_min.50": 7.05,
    "truth.activity.half_decay_s.50": 0.4,
    // 7.897 px of 2 µm, which is itself an estimate: see above.
    "truth.footprints.fwhm_um.50": 15.8,
    "truth.footprints.axis_ratio.50": 1.2299,
  }),
  ...of(oneCell("open field"), {
    "truth.activity.events_per_min.50": 4.502,
    "truth.activity.half_decay_s.50": 0.264,
  }),
  ...of(oneCell("linear track"), {
    "truth.activity.events_per_min.50": 2.988,
    "truth.activity.half_decay_s.50": 0.297,
  }),
  ...of(running("C5M1", "CA1"), {
    "truth.activity.active_frames_per_min.50": 4.421,
    "truth.activity.log10_rate_sd": 0.4922,
    "truth.activity.spike_correlation_1s.95": 0.1609,
  }),
  ...of(running("C6M4", "CA1"), {
    "truth.activity.active_frames_per_min.50": 6.673,
    "truth.activity.log10_rate_sd": 0.5064,
    "truth.activity.spike_correlation_1s.95": 0.194,
  }),
  ...of(running("C14M4", "CA3"), {
    "truth.activity.active_frames_per_min.50": 1.813,
    "truth.activity.log10_rate_sd": 0.5711,
    "truth.activity.spike_correlation_1s.95": 0.1619,
  }),
  ...of(running("C23M4", "CA3"), {
    "truth.activity.active_frames_per_min.50": 3.139,
    "truth.activity.log10_rate_sd": 0.5504,
    "truth.activity.spike_correlation_1s.95": 0.2064,
  }),
  ...of(running("C24M4", "CA3"), {
    "truth.activity.active_frames_per_min.50": 3.669,
    "truth.activity.log10_rate_sd": 0.4683,
    "truth.activity.spike_correlation_1s.95": 0.1534,
  }),
  ...of(registered(1), {
    // 7.653 px of 2.4 µm, as the demo of these data says.
    "truth.footprints.fwhm_um.50": 18.4,
    "truth.footprints.axis_ratio.50": 1.2666,
    "truth.footprints.nearest_over_fwhm.50": 0.7018,
  }),
  ...of(registered(2), {
    // 7.8176 px of 2.4 µm.
    "truth.footprints.fwhm_um.50": 18.8,
    "truth.footprints.axis_ratio.50": 1.2733,
    "truth.footprints.nearest_over_fwhm.50": 0.6793,
  }),
];

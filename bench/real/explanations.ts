// Why a preset is out of a reference's range: one sentence for each measure that is.
import type { Pairing } from "./pairings.ts";

type Reasons = Readonly<Record<string, string>>;

const RING =
  "The reference's share is of a CNMF-E decomposition; the ring, which takes light near a cell for background, finds less than the truth: `truth.light.variance_shares.cells` has the cells' own share.";
const QUIETER =
  "The noise itself is near, 0.43 % of the level there and 0.44 to 0.47 % here. Shares are ratios of squares: a background that moves by 2 % of the level in place of 1.7 to 2 % and a little less of the cells leave less to noise.";
const SEEDS =
  "Only what exceeds 3 standard deviations of noise counts, so the number of frames decides: white noise alone has 0 in 300 frames and 0.18 in 3000, as many as the reference has; ours are 1200. What is left of the difference, rates or brightness of cells, is not separated here.";
const SCOPE_NOISE =
  "A pixel of 4.8 µm holds 10 000 e⁻, and 1.6 µm of tissue in a tenth of a second gives it a ninth of the light that a binned pixel of the reference has; the table at the reference's light has what remains.";
const RAW_NOISE = "Follows from the noise of the sensor's pixel, as the share of noise does.";
const FLICKER =
  "The wireless recording fluctuates as a whole by 6 % of its level, three times as much as striatum, in 2.65 s; we ascribe it to its supply, and no preset has a lamp that flickers.";
const STRETCH =
  "Only a screenshot: the stretch of its contrast and its black level are not known, and its field has pial vessels of 50 µm and more, many more than ours.";
const LFOV_LIGHT =
  "A pixel of the LFOV has the noise of 23 000 e⁻ in a tenth of a second, one of the reference that of 53 000: half of its full well, to which users set the lamp, is 13 000 in a frame.";
const VESSELS =
  "The field is 0.45 × 0.7 mm and has as many trunks of vessels as one of 1 mm, so that they cover more of it. The reference is one frame of one animal.";

const OF: Readonly<Record<string, Reasons>> = {
  "Striatum through a GRIN lens": {
    "variance_shares.background": QUIETER,
    "variance_shares.noise": QUIETER,
    "variance_shares.local": RING,
    "filtered_local_correlation.50": SEEDS,
    "truth.activity.events_per_min.50":
      "The reference has 24 cells that were chosen as examples; ours is the median of all that lie in view, with silent ones among them.",
  },
  "Striatum through a Miniscope V3": {
    "variance_shares.background": QUIETER,
    "variance_shares.noise": QUIETER,
    "filtered_local_correlation.50": SEEDS,
    "octave_contrast.2": VESSELS,
    "octave_contrast.4": VESSELS,
    "truth.light.variance_shares.noise": QUIETER,
  },
  "Striatum through a Miniscope LFOV": {
    "raw_local_correlation.50": LFOV_LIGHT,
    "filtered_local_correlation.50": SEEDS,
    "photon_transfer_rows_removed.relative_noise_at_median_level": LFOV_LIGHT,
    "truth.light.variance_shares.background":
      "What noise and cells have more of, the background has less of.",
    "truth.light.variance_shares.cells":
      "CNMF-E takes cells that it does not find for background, so the reference's share is the least that it can be; ours is of all cells.",
    "truth.light.cell_light_over_level.99":
      "The brightest hundredth of lit pixels are a few cells in each window of 64 pixels; the median and the brightest twentieth are near.",
  },
  "The default beside striatum, at the sensor's pixels": {
    "variance_shares.background": SCOPE_NOISE,
    "variance_shares.noise": SCOPE_NOISE,
    "truth.light.variance_shares.background": SCOPE_NOISE,
    "truth.light.variance_shares.noise": SCOPE_NOISE,
    "raw_local_correlation.50": RAW_NOISE,
    "filtered_local_correlation.50": SEEDS,
    "photon_transfer_rows_removed.relative_noise_at_median_level": SCOPE_NOISE,
  },
  "The default beside striatum, at the reference's light": {
    "filtered_local_correlation.50":
      "A cell is three of these wide pixels across, and a correlation of neighbours after the filter needs more of them: the reference's pixels are 2 µm.",
  },
  "Cells of the default beside hippocampus": {
    "truth.footprints.nearest_over_fwhm.50":
      "Pipelines found 1260 cells in a square millimetre of those sessions; the preset has 900, of which four in ten can be found in five minutes. Twice as many cells would cost twice as much time.",
  },
  "The default beside a wireless Miniscope": {
    "variance_shares.background": FLICKER,
    "variance_shares.noise": FLICKER,
    "variance_shares.ring_r2.50": FLICKER,
    "variance_shares.temporal_sd_over_level.50": FLICKER,
    "raw_local_correlation.50": FLICKER,
  },
  "The default's rows beside those of a wireless Miniscope": {
    "pattern_noise.row_sd_over_level":
      "The stripes of that device were a fault; the rows of the V4 screenshot are nearer to ours.",
  },
  "Miniscope V4 over cortex": {
    ...Object.fromEntries([2, 4, 8, 16, 32].map((px) => [`octave_contrast.${px}`, STRETCH])),
  },
};

/** The reason, or that none is known: the page says so, and its test fails. */
export function explanationOf({ title }: Pick<Pairing, "title">, measure: string): string {
  return OF[title]?.[measure] ?? UNEXPLAINED;
}

export const UNEXPLAINED = "Not explained.";

// Why a preset is out of a reference's range: one sentence for each measure that is.
import type { Pairing } from "./pairings.ts";

type Reasons = Readonly<Record<string, string>>;

const RING =
  "The reference's share is of a CNMF-E decomposition, whose background takes up the cells that it did not find; the ring counts all of them, and the blur of the others, as local.";
const SEEDS =
  "Measures cells that are seen above 3 standard deviations of noise; ours fire more rarely than those of the reference, in half a minute where that had five, so that most pixels see no event at all.";
const SCOPE_NOISE =
  "A pixel of 4.8 µm holds 10 000 e⁻, and 1.6 µm of tissue in a tenth of a second gives it a tenth of the light that a binned pixel of the reference has; the table at the reference's light has what remains.";
const RAW_NOISE =
  "Follows from the noise of the sensor's pixel, as the share of noise does.";
const FLICKER =
  "The wireless recording flickers as a whole (its temporal standard deviation is 6 % of the level, three times that of striatum), which the ring counts as background; no preset has a lamp that flickers.";

const GRIN: Reasons = {
  "variance_shares.local": RING,
  "filtered_local_correlation.50": SEEDS,
};

const AT_PIXELS: Reasons = {
  "variance_shares.background": SCOPE_NOISE,
  "variance_shares.noise": SCOPE_NOISE,
  "variance_shares.local": RING,
  "raw_local_correlation.50": RAW_NOISE,
  "filtered_local_correlation.50": SEEDS,
  "photon_transfer_rows_removed.relative_noise_at_median_level": SCOPE_NOISE,
};

const OF: Readonly<Record<string, Reasons>> = {
  "Striatum through a GRIN lens": GRIN,
  "The default beside striatum, at the sensor's pixels": AT_PIXELS,
  "The default beside striatum, at the reference's light": {
    "variance_shares.local": RING,
    "filtered_local_correlation.50": SEEDS,
  },
  "The default beside a wireless Miniscope": {
    "variance_shares.background": FLICKER,
    "variance_shares.noise": FLICKER,
    "variance_shares.local": FLICKER,
    "variance_shares.ring_r2.50": FLICKER,
    "variance_shares.temporal_sd_over_level.50": FLICKER,
    "raw_local_correlation.50": FLICKER,
  },
};

/** The reason, or that none is known: the page says so, and its test fails. */
export function explanationOf({ title }: Pick<Pairing, "title">, measure: string): string {
  return OF[title]?.[measure] ?? UNEXPLAINED;
}

export const UNEXPLAINED = "Not explained.";

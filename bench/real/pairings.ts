// Which real recording each realistic preset stands beside, and at which scale.
import { REFERENCES, type Reference } from "@minisim/measures";

export interface Pairing {
  readonly preset: string;
  /** What the table is called. */
  readonly title: string;
  /** What the two have in common, and what not. */
  readonly kinship: string;
  /** Side of a square of pixels, and number of frames, whose mean is measured. */
  readonly bin: { readonly pixels: number; readonly frames: number };
  /** Side of the central window in pixels before binning. */
  readonly window_px: number;
  readonly duration_s: number;
  /** Without motion: the reference was corrected for it. */
  readonly still: boolean;
  readonly stripes_removed: boolean;
  readonly references: readonly Reference[];
}

/** What a movie alone tells. Rates, transients and footprints are of the truth, and of the model of activity. */
export const MOVIE_REFERENCES = REFERENCES.filter(({ measure }) => !measure.startsWith("truth."));

const ofRecording = (words: string): readonly Reference[] =>
  MOVIE_REFERENCES.filter(({ recording }) => recording.includes(words));

/** Frames of a Miniscope are 20 a second, those of the reference 10. */
const STRIATUM = {
  references: ofRecording("dorsal striatum"),
  // A tenth of the reference's five minutes: below 0.1 Hz there are three frequencies, and six seeds have eighteen.
  duration_s: 30,
  still: true,
  stripes_removed: false,
} as const;

/** A window of as many pixels after binning: 105 µm or more, which is two and a half widths of the background's patches; a wider one costs more than an hour. */
const WINDOW_PX = 64;

function striatum(preset: string, title: string, pixels: number, kinship: string): Pairing {
  return {
    ...STRIATUM,
    preset,
    title,
    kinship,
    bin: { pixels, frames: 2 },
    window_px: WINDOW_PX * pixels,
  };
}

/** Without what the mean image alone tells: it is the same at any binning, or means another size of structure. */
function ofTime(pairing: Pairing): Pairing {
  const references = pairing.references.filter(
    ({ measure }) => !/^(corner_centre|octave_contrast)/.test(measure),
  );
  return { ...pairing, references };
}

const WIRELESS = {
  preset: "miniscope_v4/ca1",
  bin: { pixels: 1, frames: 1 },
  // As many pixels and frames as the recording has: slow fluctuation counts only as far as it fits into them.
  window_px: 200,
  duration_s: 53 / 20,
  still: false,
} as const;

export const PAIRINGS: readonly Pairing[] = [
  striatum(
    "grin_like/striatum",
    "Striatum through a GRIN lens",
    1,
    "The same kind of scope and the same region. Pixels of 1.6 µm beside about 2 µm.",
  ),
  striatum(
    "miniscope_v4/ca1",
    "The default beside striatum, at the sensor's pixels",
    1,
    "Another scope and another region. Pixels of 1.6 µm beside about 2 µm.",
  ),
  ofTime(
    striatum(
      "miniscope_v4/ca1",
      "The default beside striatum, at the reference's light",
      3,
      "Another scope and another region. A pixel of the reference has the noise of 53 000 e⁻, 3 × 3 pixels of this preset, 4.9 µm wide, collect 55 000 e⁻.",
    ),
  ),
  {
    ...WIRELESS,
    title: "The default beside a wireless Miniscope",
    kinship:
      "A scope of the same makers, 8 bit and 20 Hz; its region and the size of its pixels are unknown. Both last 2.65 s.",
    stripes_removed: true,
    references: ofRecording("row stripes removed"),
  },
  {
    ...WIRELESS,
    title: "The default's rows beside those of a wireless Miniscope",
    kinship: "As before, with the stripes, which were a fault of that device.",
    stripes_removed: false,
    references: ofRecording("device with stripes"),
  },
  {
    preset: "miniscope_v4/cortex_l23",
    title: "Miniscope V4 over cortex",
    kinship: "The same scope and region, from screenshots whose contrast may have been stretched.",
    bin: { pixels: 1, frames: 1 },
    window_px: WINDOW_PX,
    // As many frames as the digitised curve has.
    duration_s: 229 / 20,
    still: true,
    stripes_removed: false,
    references: ofRecording("Miniscope V4"),
  },
];

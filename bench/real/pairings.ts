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

const ofRecording = (words: RegExp): readonly Reference[] =>
  REFERENCES.filter(({ recording }) => words.test(recording));

/** Frames of a Miniscope are 20 a second, those of the reference 10. */
const STRIATUM = {
  references: ofRecording(/dorsal striatum/),
  // Of the reference's five minutes: below 0.1 Hz there are twelve frequencies, and six seeds have seventy.
  duration_s: 120,
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

/** Without references that mean something else here, or that another pairing has. */
function without(measures: RegExp, pairing: Pairing): Pairing {
  const references = pairing.references.filter(({ measure }) => !measures.test(measure));
  return { ...pairing, references };
}

/** Rates and footprints, which the truth tells. */
const CELLS = /^truth\.(activity|footprints)\./;
/** And what the mean image alone tells: it is the same at any binning, or means another size of structure. */
const CELLS_AND_FIELD = /^(truth\.(activity|footprints)\.|corner_centre|octave_contrast)/;

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
  without(
    CELLS,
    striatum(
      "miniscope_v3/striatum",
      "Striatum through a Miniscope V3",
      2,
      "Another scope, the same region. 2 × 2 pixels are 1.9 µm wide, those of the reference about 2 µm.",
    ),
  ),
  without(
    CELLS_AND_FIELD,
    striatum(
      "lfov/striatum",
      "Striatum through a Miniscope LFOV",
      1,
      "Another scope, the same region. Pixels of 2.8 µm beside about 2 µm, in a field that is six times as wide.",
    ),
  ),
  without(
    CELLS,
    striatum(
      "miniscope_v4/ca1",
      "The default beside striatum, at the sensor's pixels",
      1,
      "Another scope and another region. Pixels of 1.6 µm beside about 2 µm.",
    ),
  ),
  without(
    CELLS_AND_FIELD,
    striatum(
      "miniscope_v4/ca1",
      "The default beside striatum, at the reference's light",
      3,
      "Another scope and another region. A pixel of the reference has the noise of 53 000 e⁻, 3 × 3 pixels of this preset, 4.9 µm wide, collect 55 000 e⁻.",
    ),
  ),
  {
    ...STRIATUM,
    preset: "miniscope_v4/ca1",
    title: "Cells of the default beside hippocampus",
    kinship:
      "The same region, CA1, and CA3. What pipelines found there stands beside what the truth knows here.",
    bin: { pixels: 1, frames: 1 },
    window_px: WINDOW_PX,
    references: ofRecording(/CA1|CA3|hippocampus/),
  },
  {
    ...WIRELESS,
    title: "The default beside a wireless Miniscope",
    kinship:
      "A scope of the same makers, 8 bit and 20 Hz; its region and the size of its pixels are unknown. Both last 2.65 s.",
    stripes_removed: true,
    references: ofRecording(/row stripes removed/),
  },
  {
    ...WIRELESS,
    title: "The default's rows beside those of a wireless Miniscope",
    kinship: "As before, with the stripes, which were a fault of that device.",
    stripes_removed: false,
    references: ofRecording(/device with stripes/),
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
    references: ofRecording(/^Miniscope V4/),
  },
];

// Light to electrons to counts, and the noise on them.
import { maxCount } from "./counts.ts";

/** What one pixel makes of the light of one frame: numbers that are the same for all pixels and frames. */
export interface Exposure {
  /** Photons that one unit of light brings to a pixel in one frame. */
  readonly photons_per_unit: number;
  /** Electrons per photon, (0, 1]. */
  readonly quantum_efficiency: number;
  /** Mean dark electrons of a pixel in one frame. */
  readonly dark_e: number;
  /** Standard deviation of the read-out noise of a pixel, e⁻. */
  readonly read_noise_e: number;
  /** Standard deviation of the offset that all pixels of a row share in one frame, e⁻. */
  readonly row_noise_e: number;
  /** Electrons that a pixel holds; Infinity where nothing but the converter limits it. */
  readonly full_well_e: number;
  /** Counts of the movie per electron: the converter's, over what its bits that are not kept are worth. */
  readonly counts_per_e: number;
  /** Counts of the movie without any electron. */
  readonly black_counts: number;
  /** The largest count of the movie. */
  readonly max_count: number;
}

/** The chip, field names as in a spec. */
export interface ImageSensor {
  readonly quantum_efficiency: number;
  readonly read_noise_e: number;
  readonly row_noise_e: number;
  readonly dark_current_e_s: number;
  readonly full_well_e: number | null;
  readonly gain_adu_per_e: number;
  readonly black_level_adu: number;
  readonly adc_bits: number | "auto";
  readonly bit_depth: number;
}

/** A chip without any fault: every photon is an electron, every electron a count. */
const IDEAL: Omit<Exposure, "photons_per_unit"> = {
  quantum_efficiency: 1,
  dark_e: 0,
  read_noise_e: 0,
  row_noise_e: 0,
  full_well_e: Number.POSITIVE_INFINITY,
  counts_per_e: 1,
  black_counts: 0,
  max_count: maxCount(16),
};

/** An exposure of which only some numbers are known; the others are those of a 16-bit chip without any fault. */
export function exposureWith(
  known: Pick<Exposure, "photons_per_unit"> & Partial<Exposure>,
): Exposure {
  return { ...IDEAL, ...known };
}

/** Photons that reach a pixel in one frame per unit of light: photons/(µm² s) · pixel² · exposure. Lengths are in the tissue. */
export function photonsPerUnit(
  photons_per_um2_s: number,
  pixel_size_um: number,
  exposure_s: number,
): number {
  return photons_per_um2_s * pixel_size_um * pixel_size_um * exposure_s;
}

/**
 * The exposure of a chip. A converter of `adc_bits` gives ⌊gain · e + black level⌋, of which the movie keeps the top
 * `bit_depth` bits: all its numbers count in steps of 2^(adc_bits − bit_depth).
 * @throws RangeError where the movie has more bits than the converter.
 */
export function exposureOf(
  chip: ImageSensor,
  photons_per_unit: number,
  exposure_s: number,
): Exposure {
  const dropped = chip.adc_bits === "auto" ? 0 : chip.adc_bits - chip.bit_depth;
  if (dropped < 0) {
    throw new RangeError(
      `A movie of ${chip.bit_depth} bits cannot come from a converter of ${chip.adc_bits}.`,
    );
  }
  const step = 2 ** dropped;
  return {
    photons_per_unit,
    quantum_efficiency: chip.quantum_efficiency,
    dark_e: chip.dark_current_e_s * exposure_s,
    read_noise_e: chip.read_noise_e,
    row_noise_e: chip.row_noise_e,
    full_well_e: chip.full_well_e ?? Number.POSITIVE_INFINITY,
    counts_per_e: chip.gain_adu_per_e / step,
    black_counts: chip.black_level_adu / step,
    max_count: maxCount(chip.bit_depth),
  };
}

/** max(light, 0) · photons per unit · quantum efficiency: the mean number of electrons that light makes in a pixel and frame. */
export function expectedElectrons(
  light: number,
  exposure: Pick<Exposure, "photons_per_unit" | "quantum_efficiency">,
): number {
  return Math.max(light, 0) * exposure.photons_per_unit * exposure.quantum_efficiency;
}

/** The variance that flooring to whole counts adds, in counts². */
const ROUNDING_VARIANCE = 1 / 12;

/**
 * σ = √(λ + dark + read² + row² + 1/(12 g²)), e⁻: shot noise of light and dark current (Poisson), read and row noise (Gaussian) and
 * quantization (uniform), which are independent. λ is the mean number of electrons of light, g the counts per electron.
 * Source: Janesick 2007, Photon Transfer, doi:10.1117/3.725073.
 */
export function noiseSigmaE(
  light_e: number,
  {
    dark_e,
    read_noise_e,
    row_noise_e,
    counts_per_e,
  }: Pick<Exposure, "dark_e" | "read_noise_e" | "row_noise_e" | "counts_per_e">,
): number {
  const offsets = read_noise_e * read_noise_e + row_noise_e * row_noise_e;
  return Math.sqrt(light_e + dark_e + offsets + ROUNDING_VARIANCE / (counts_per_e * counts_per_e));
}

/** The most electrons that still raise the count: by the full well, or by the largest count. */
export function fullScaleE({
  full_well_e,
  counts_per_e,
  black_counts,
  max_count,
}: Exposure): number {
  return Math.min(full_well_e, (max_count - black_counts) / counts_per_e);
}

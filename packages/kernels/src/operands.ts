// What the verbs take besides arrays, in the kernels as in the reference. Sizes are in pixels, arrays row-major.

export interface FrameShape {
  readonly height: number;
  readonly width: number;
}

/** A block: nFrames frames of height × width pixels, contiguous. */
export interface BlockShape extends FrameShape {
  readonly nFrames: number;
}

/** A rectangle whose first pixel is (top, left) of the source; it may reach beyond the source on every side. */
export interface Window extends FrameShape {
  readonly top: number;
  readonly left: number;
}

/** The larger frame out of which a frame is cut: its size, and where in it the first pixel of the part lies. */
export type Whole = Window;

/** How pixels are numbered where a frame is a part of a larger one: pixel (y, x) of frames of this width is number first + y · stride + x. */
export interface PixelNumbers {
  readonly width: number;
  readonly first: number;
  readonly stride: number;
}

/** What stands outside a blurred source: nothing, or its nearest pixel. */
export type Edge = "zero" | "nearest";

/** The key of a Philox stream: two unsigned 32-bit words. */
export type PhiloxKey = readonly [number, number];

/** The counter of one Philox block, and its output: four unsigned 32-bit words. */
export type PhiloxWords = readonly [number, number, number, number];

/**
 * From light to counts: λ = light · electrons_per_unit + dark_e, e = min(λ + √(λ + read²) · z, full well),
 * counts = ⌊counts_per_e · e + black_counts⌋ held within 0…max_count.
 */
export interface SensorResponse {
  readonly electrons_per_unit: number;
  readonly dark_e: number;
  readonly read_noise_e: number;
  /** Infinity where a pixel has no limit. */
  readonly full_well_e: number;
  readonly counts_per_e: number;
  readonly black_counts: number;
  readonly max_count: number;
}

/** A rows × cols window of an unbounded field of noise; its first value is at (rowStart, colStart), which may be negative. */
export interface NoiseWindow {
  readonly rows: number;
  readonly cols: number;
  readonly rowStart: number;
  readonly colStart: number;
}

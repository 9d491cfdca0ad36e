// All measures of a movie, in one pass over its frames.
import type { Recorded } from "@minisim/recording";
import type { Container } from "@minisim/spec";
import { InputError, shown, unknownOptions } from "@minisim/spec/input";
import type { Frame, Size } from "./frame.ts";
import { cornerCentre } from "./measures/corner-centre.ts";
import { collectFluctuationCorrelation } from "./measures/fluctuation-correlation.ts";
import { collectLevels, type Levels } from "./measures/levels.ts";
import { collectLocalCorrelation } from "./measures/local-correlation.ts";
import { collectMeanFrame, type MeanFrame } from "./measures/mean-frame.ts";
import { collectMoments } from "./measures/moments.ts";
import { octaveContrast } from "./measures/octave-contrast.ts";
import { type PatternNoise, patternNoise } from "./measures/pattern-noise.ts";
import { collectFiltered } from "./measures/peak-to-noise.ts";
import { type PhotonTransfer, photonTransfer } from "./measures/photon-transfer.ts";
import { collectPixelNoise } from "./measures/pixel-noise.ts";
import { collectOffsets, withoutRowOffsets } from "./measures/row-offsets.ts";
import { collectVarianceShares, type VarianceShares } from "./measures/variance-shares.ts";
import { PERCENTS, type Quantiles, quantilesOf } from "./median.ts";
import { type Movie, movieOf } from "./movie.ts";
import { sitesOf } from "./sites.ts";

export interface MeasureOptions {
  /** Radius of a cell as it appears, µm; 7.5 where absent: half of the 15 to 16 µm at half maximum of footprints in CA1 and striatum. */
  readonly cellRadiusUm?: number;
  /** The same in pixels, instead of cellRadiusUm and where the size of a pixel is not known. */
  readonly cellRadiusPx?: number;
  /**
   * Measures that need whole traces keep at most this many values of the movie, three times, in 4 bytes each; 2^24 (200 MB) where absent. A
   * movie with more is sampled (sampled_pixels tells).
   */
  readonly mostValues?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Is given, at the end, what some of the measures were taken of. */
  readonly onPictures?: (pictures: Pictures) => void;
}

/** Images are row-major, of the whole field. */
export interface Pictures {
  /** Mean over time, counts. */
  readonly mean: Float64Array;
  /** Of raw_local_correlation. */
  readonly localCorrelation: Float64Array;
  /** Of pnr; null where the movie was sampled. */
  readonly pnr: Float64Array | null;
  /** Of filtered_local_correlation; null where the movie was sampled. */
  readonly filteredCorrelation: Float64Array | null;
  /** The mean of every frame, counts. */
  readonly frameMeans: Float64Array;
}

export interface Measures {
  readonly shape: readonly [n_frames: number, height: number, width: number];
  readonly fps: number;
  /** Side of a pixel in the tissue; null where it is not known. */
  readonly pixel_size_um: number | null;
  readonly cell_radius_px: number;
  /** Pixels whose whole traces were kept: for noise, variance shares, photon transfer, pnr and filtered_local_correlation. */
  readonly sampled_pixels: number;
  readonly levels: Levels;
  /** Corners of the mean image over its centre. */
  readonly corner_centre: number;
  /** Contrast of the mean image by size of structure in px. */
  readonly octave_contrast: Readonly<Record<string, number | null>>;
  readonly photon_transfer: PhotonTransfer;
  readonly photon_transfer_rows_removed: PhotonTransfer;
  readonly pattern_noise: PatternNoise;
  readonly variance_shares: VarianceShares | null;
  /** Correlation over time of two points by their distance in px. */
  readonly fluctuation_correlation: Readonly<Record<string, number | null>>;
  readonly mean_frame: MeanFrame;
  readonly raw_local_correlation: Quantiles;
  readonly filtered_local_correlation: Quantiles;
  readonly pnr: Quantiles;
}

/** Fewer frames have no spectrum between 0.25 and 0.5 cycles per frame worth the name, and a smaller field no mask inside its edges. */
const LEAST = { frames: 8, side: 16 } as const;
const CELL_RADIUS_UM = 7.5;
const MOST_VALUES = 2 ** 24;

/**
 * Statistics of a recording, or of any stream of frames. Memory is a dozen images and the sample of traces, whatever the movie's length.
 * @throws InputError for a movie that is too small, options that cannot be, or frames that do not come as announced.
 */
export async function measure(
  source: Recorded | Movie,
  options: MeasureOptions = {},
): Promise<Measures> {
  const movie = "spec" in source ? movieOf(source) : source;
  const cellRadiusPx = checked(movie, options);
  const { mostValues = MOST_VALUES, signal, onProgress, onPictures } = options;
  const collector = collect(movie, cellRadiusPx, mostValues, onPictures);
  const total = movie.shape[0];
  for await (const frame of framesOf(movie)) {
    signal?.throwIfAborted();
    collector.add(frame);
    onProgress?.({ done: frame.index + 1, total });
  }
  return collector.result();
}

function collect(
  movie: Movie,
  cellRadiusPx: number,
  mostValues: number,
  onPictures: MeasureOptions["onPictures"],
) {
  const { shape, fps, container } = movie;
  const [frames, height, width] = shape;
  const size: Size = { height, width };
  const sites = sitesOf(size, frames, mostValues);
  const isCounts = movie.whole_numbers ?? container !== "float32";
  const moments = collectMoments(size);
  const levels = collectLevels(movie);
  const meanFrame = collectMeanFrame(frames, fps);
  const correlation = collectLocalCorrelation(size, frames);
  const shares = collectVarianceShares(size, frames, sites, cellRadiusPx);
  const reach = collectFluctuationCorrelation(size, frames);
  const byFrame = [moments, levels, meanFrame, correlation, shares, reach];
  const rawNoise = collectPixelNoise(size, frames, sites, isCounts);
  const noise = collectPixelNoise(size, frames, sites, isCounts);
  const filtered = collectFiltered(size, frames, sites, cellRadiusPx / 2);
  const offsets = collectAllOffsets(size, container);
  const withoutRows = new Float64Array(height * width);
  return {
    add(frame: Frame) {
      for (const one of byFrame) one.add(frame);
      offsets.add(frame);
      rawNoise.add(frame.index, frame.pixels);
      withoutRowOffsets(frame, size, withoutRows);
      noise.add(frame.index, withoutRows);
      filtered.add(frame.index, frame.pixels);
    },
    result(): Measures {
      const all = moments.result();
      const { mean } = all;
      const variance = rawNoise.result();
      const rowless = noise.result();
      const images = filtered.result();
      const localCorrelation = correlation.result(all);
      const isWhole = sites.pixels.length === mean.length;
      onPictures?.({
        mean,
        localCorrelation,
        pnr: isWhole ? images.pnr : null,
        filteredCorrelation: isWhole ? images.correlation : null,
        frameMeans: meanFrame.trace,
      });
      return {
        shape,
        fps,
        pixel_size_um: movie.pixel_size_um ?? null,
        cell_radius_px: cellRadiusPx,
        sampled_pixels: sites.pixels.length,
        levels: levels.result(),
        corner_centre: cornerCentre(mean, size),
        octave_contrast: octaveContrast(mean, size),
        photon_transfer: photonTransfer(mean, variance, sites, size),
        photon_transfer_rows_removed: photonTransfer(mean, rowless, sites, size),
        pattern_noise: patternNoise({ mean, size, frames, noise: rowless, ...offsets.result() }),
        variance_shares: shares.result(all, variance),
        fluctuation_correlation: reach.result(),
        mean_frame: meanFrame.result(),
        raw_local_correlation: quantilesOf(localCorrelation),
        filtered_local_correlation: quantilesOf(images.correlation),
        pnr: quantilesOf(images.pnr, [...PERCENTS, 99.9]),
      };
    },
  };
}

/** The largest value at which a median of whole numbers is too coarse for an offset, and the mean is taken. */
const COARSE = 300;

/** Offsets of rows and columns: of their medians, or of their means where no value of the movie is above 300. */
function collectAllOffsets(size: Size, container: Container) {
  const of = (middle: "mean" | "median") => ({
    rows: collectOffsets(size, "row", middle),
    columns: collectOffsets(size, "column", middle),
  });
  const means = of("mean");
  // No value of a byte is above 300.
  const medians = container === "uint8" ? means : of("median");
  let largest = Number.NEGATIVE_INFINITY;
  return {
    add(frame: Frame) {
      for (const value of frame.pixels) if (value > largest) largest = value;
      for (const { rows, columns } of new Set([means, medians])) {
        rows.add(frame);
        columns.add(frame);
      }
    },
    result() {
      const { rows, columns } = largest > COARSE ? medians : means;
      return { rows: rows.result(), columns: columns.result() };
    },
  };
}

async function* framesOf({ shape, frames }: Movie): AsyncGenerator<Frame> {
  const [total, height, width] = shape;
  const pixels = new Float64Array(height * width);
  const change = new Float64Array(height * width);
  const first = new Float64Array(height * width);
  let index = 0;
  for await (const { start, end, data } of frames()) {
    if (start !== index || end > total || data.length !== (end - start) * pixels.length) {
      throw new InputError([
        `Frames ${start} to ${end} with ${data.length} values came where frame ${index} of ${total} was due.`,
      ]);
    }
    for (; index < end; index++) {
      const from = (index - start) * pixels.length;
      for (let i = 0; i < pixels.length; i++) pixels[i] = data[from + i]!;
      if (index === 0) first.set(pixels);
      for (let i = 0; i < pixels.length; i++) change[i] = pixels[i]! - first[i]!;
      yield { index, pixels, change };
    }
  }
  if (index < total) throw new InputError([`The movie ended after ${index} of ${total} frames.`]);
}

const KNOWN = ["cellRadiusUm", "cellRadiusPx", "mostValues", "signal", "onProgress", "onPictures"];

/** The radius of a cell in pixels. @throws InputError with all that is wrong. */
function checked({ shape, pixel_size_um }: Movie, options: MeasureOptions): number {
  const problems = unknownOptions(options, KNOWN);
  const [frames, height, width] = shape;
  if (frames < LEAST.frames || Math.min(height, width) < LEAST.side) {
    problems.push(
      `The movie has ${frames} frames of ${height} × ${width} px; its measures need ${LEAST.frames} frames of ${LEAST.side} × ${LEAST.side} px.`,
    );
  }
  for (const name of ["cellRadiusUm", "cellRadiusPx", "mostValues"] as const) {
    const value = options[name];
    if (value !== undefined && !(value > 0 && value < Number.POSITIVE_INFINITY)) {
      problems.push(`${name} is ${shown(value)}; it must be a number above 0.`);
    }
  }
  const { cellRadiusPx, cellRadiusUm = CELL_RADIUS_UM } = options;
  if (cellRadiusPx !== undefined && options.cellRadiusUm !== undefined) {
    problems.push("Give the radius of a cell as cellRadiusUm or as cellRadiusPx, not both.");
  }
  if (cellRadiusPx === undefined && pixel_size_um === undefined) {
    problems.push("The movie does not tell the size of a pixel: give cellRadiusPx.");
  }
  const radius = cellRadiusPx ?? cellRadiusUm / (pixel_size_um ?? 1);
  const most = Math.min(height, width) / 4;
  if (problems.length === 0 && (radius < 1 || radius > most)) {
    problems.push(
      `A cell has a radius of ${shown(Number(radius.toPrecision(3)))} px; it must be 1 to ${most} px, a quarter of the field.`,
    );
  }
  if (problems.length > 0) throw new InputError(problems);
  return radius;
}

// What is in a recording, as numbers: cells, light, motion. Reads the movie once, block by block.
import { quantile } from "@minisim/kernels/statistics";
import {
  type GroundTruth,
  type Recorded,
  type RecordingWarning,
  scaleOf,
} from "@minisim/recording";
import { BYTES_PER_PIXEL, type Container } from "@minisim/spec";

/** 10th, 50th and 90th percentile over the cells; null without any. */
export interface Distribution {
  readonly p10: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
}

/** Values of all pixels of all frames: counts, or light without a sensor. */
export interface LightSummary {
  readonly mean: number;
  readonly min: number;
  readonly p1: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Share of pixels at the largest count; null without a sensor. */
  readonly saturated_fraction: number | null;
}

export interface RecordingSummary {
  readonly movie: {
    readonly frames: number;
    readonly height: number;
    readonly width: number;
    readonly container: Container;
    readonly decoded_bytes: number;
    readonly fps: number;
    readonly pixel_size_um: number;
  };
  readonly cells: {
    readonly n_units: number;
    readonly n_detectable: number;
    readonly n_in_focus: number;
    /** Null throughout without a sensor. */
    readonly detection_snr: Distribution;
    readonly spike_rate_hz: Distribution;
  };
  readonly focal_depth_um: number | null;
  /** Null without frames. */
  readonly light: LightSummary | null;
  /** Smallest and largest shift per axis, µm; null without motion. */
  readonly motion: {
    readonly dy_um: readonly [number, number];
    readonly dx_um: readonly [number, number];
  } | null;
  /** Names of the ground-truth fields that this recording has. */
  readonly truth_fields: readonly string[];
  readonly seed: number;
  readonly cache_key: string;
  readonly warnings: readonly RecordingWarning[];
}

export async function summarize(
  recording: Recorded,
  options: { readonly signal?: AbortSignal } = {},
): Promise<RecordingSummary> {
  const truth = await recording.truth();
  const { spec, cache_key, warnings, container } = recording;
  const [frames, height, width] = recording.shape;
  const { fps, pixel_size_um } = scaleOf(recording);
  const seconds = truth.n_frames / fps;
  const rates = [...Array(truth.n_units).keys()].map(
    (unit) =>
      (truth.spike_times_s.offsets[unit + 1]! - truth.spike_times_s.offsets[unit]!) / seconds,
  );
  return {
    movie: {
      frames,
      height,
      width,
      container,
      decoded_bytes: frames * height * width * BYTES_PER_PIXEL[container],
      fps,
      pixel_size_um,
    },
    cells: {
      n_units: truth.n_units,
      n_detectable: truth.n_detectable,
      n_in_focus: countOnes(truth.in_focus.data),
      detection_snr: distribution(truth.detection_snr.data),
      spike_rate_hz: distribution(rates),
    },
    focal_depth_um: truth.focal_depth_um,
    light: frames === 0 ? null : await lightOf(recording, options.signal),
    motion: motionOf(truth, pixel_size_um),
    truth_fields: [...truth.fields.keys(), "planted", "spike_times_s"],
    seed: spec.seed,
    cache_key,
    warnings,
  };
}

const countOnes = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);

function distribution(values: ArrayLike<number>): Distribution {
  const sorted = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  const at = (share: number) => (sorted.length === 0 ? null : quantile(sorted, share));
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function motionOf({ shifts }: GroundTruth, pixelSizeUm: number): RecordingSummary["motion"] {
  if (!shifts) return null;
  const range = (axis: 0 | 1): [number, number] => {
    let low = 0;
    let high = 0;
    for (let i = axis; i < shifts.data.length; i += 2) {
      low = Math.min(low, shifts.data[i]! * pixelSizeUm);
      high = Math.max(high, shifts.data[i]! * pixelSizeUm);
    }
    return [low, high];
  };
  return { dy_um: range(0), dx_um: range(1) };
}

// Light without a sensor has no countable values: its percentiles are those of evenly spaced pixels.
const SAMPLES = 1 << 19;

async function lightOf(recording: Recorded, signal?: AbortSignal): Promise<LightSummary> {
  const total = recording.shape.reduce((a, b) => a * b, 1);
  const counted = recording.container !== "float32";
  const histogram = new Float64Array(counted ? 65_536 : 0);
  const stride = Math.max(1, Math.floor(total / SAMPLES));
  const sampled: number[] = [];
  let seen = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for await (const { data } of recording.frames()) {
    for (let i = 0; i < data.length; i++) {
      const value = data[i]!;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
      if (counted) histogram[value]! += 1;
    }
    if (!counted)
      for (let i = (stride - (seen % stride)) % stride; i < data.length; i += stride)
        sampled.push(data[i]!);
    seen += data.length;
    // Between blocks, so that an interrupt is heard.
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
  }
  const sorted = Float64Array.from(sampled).sort();
  const at = (share: number) =>
    counted ? histogramQuantile(histogram, total, share) : quantile(sorted, share);
  const full = 2 ** recording.spec.acquisition.image_sensor.bit_depth - 1;
  return {
    mean: sum / total,
    min,
    p1: at(0.01),
    p50: at(0.5),
    p99: at(0.99),
    max,
    saturated_fraction: counted ? histogram[full]! / total : null,
  };
}

/** The smallest count that at least this share of all pixels does not exceed. */
function histogramQuantile(histogram: Float64Array, total: number, share: number): number {
  let below = 0;
  for (let count = 0; count < histogram.length; count++) {
    below += histogram[count]!;
    if (below >= share * total) return count;
  }
  return histogram.length - 1;
}

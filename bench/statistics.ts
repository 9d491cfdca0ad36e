// The statistics of a recording by which two independent implementations of the same physics are compared.
import { quantile as quantileOfSorted } from "@minisim/kernels/statistics";
import { type buildSpec, compile, groundTruth, render } from "minisim";

export type Statistics = Record<string, number | number[]>;

/** Compiles and renders a spec, and measures truth and movie. */
export async function measure(spec: ReturnType<typeof buildSpec>): Promise<Statistics> {
  const plan = compile(spec);
  const truth = groundTruth(plan);
  const { n_frames: frames, fov, fps } = plan.program.geometry;
  const movie = await movieStatistics(plan.program, fov, frames);
  const spikes = sum(truth.S.data) / (truth.n_units * (frames / fps));
  // The other implementation reports traces before the expression gain, so ours are compared without it.
  const gains = truth.amplitude_per_cell.data;
  const traces = truth.C.data.map((value, i) => value / gains[Math.floor(i / frames)]!);
  const patches = [...Array(truth.n_units).keys()].map((unit) => truth.planted.at(unit));
  const [top, left] = truth.fov_offset;
  const inView = truth.planted.crop({ top, left, ...fov });
  const areas = [...Array(truth.n_units).keys()].map(
    (unit) => inView.at(unit).data.filter((value) => value > 0).length,
  );
  return {
    n_units: truth.n_units,
    detectable_fraction: mean(truth.detectable.data),
    in_focus_fraction: mean(truth.in_focus.data),
    focal_depth_um: truth.focal_depth_um!,
    ...movie,
    spikes_per_cell_per_s: spikes,
    trace_mean: mean(traces),
    trace_sd: sd(traces),
    trace_max_q: quantiles(rows(traces, frames).map((row) => row.reduce((a, b) => Math.max(a, b)))),
    amplitude_cv: sd(truth.amplitude_per_cell.data) / mean(truth.amplitude_per_cell.data),
    sigma_px_q: quantiles(truth.observed_sigma_px!.data),
    gain_q: quantiles(truth.observed_gain!.data),
    planted_patch_px_median: quantile(
      patches.map((p) => p.height * p.width),
      0.5,
    ),
    planted_area_median: quantile(areas, 0.5),
    ...motionStatistics(truth.shifts!.data, fps),
    neuropil_spatial_mean: mean(truth.neuropil_spatial!.data),
    neuropil_temporal_mean: mean(truth.neuropil_temporal!.data),
    neuropil_temporal_sd: mean(rows(truth.neuropil_temporal!.data, frames).map(sd)),
    population_sd: sd(truth.neuropil_population!.data),
    bleaching_end_mean: mean(rows(truth.bleaching!.data, frames).map((row) => row.at(-1)!)),
    vessel_mask_mean: mean(truth.vasculature_mask!.data),
    vessel_mask_min: truth.vasculature_mask!.data.reduce((a, b) => Math.min(a, b)),
    vessel_overlap_q: quantiles(truth.vessel_overlap_fraction!.data),
  };
}

async function movieStatistics(
  program: Parameters<typeof render>[0],
  { height, width }: { height: number; width: number },
  frames: number,
): Promise<Statistics> {
  const pixels = height * width;
  const total = new Float64Array(pixels);
  const squares = new Float64Array(pixels);
  const histogram = new Float64Array(256);
  for await (const { data, frames: numbers } of render(program)) {
    for (let f = 0; f < numbers.length; f++) {
      for (let p = 0; p < pixels; p++) {
        const value = data[f * pixels + p]!;
        total[p]! += value;
        squares[p]! += value * value;
        histogram[value]! += 1;
      }
    }
  }
  const means = total.map((value) => value / frames);
  const sds = squares.map((value, p) => Math.sqrt(Math.max(0, value / frames - means[p]! ** 2)));
  const window = (top: number, left: number, size: number) => {
    let inside = 0;
    for (let y = top; y < top + size; y++) {
      for (let x = left; x < left + size; x++) inside += means[y * width + x]!;
    }
    return inside / (size * size);
  };
  const count = frames * pixels;
  const fractions = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999];
  return {
    observed_mean: mean(means),
    observed_q: fractions.map((fraction) => histogramQuantile(histogram, fraction * count)),
    saturated_fraction: histogram[255]! / count,
    zero_fraction: histogram[0]! / count,
    centre_mean: window((height - 100) >> 1, (width - 100) >> 1, 100),
    corner_mean: mean([
      window(0, 0, 50),
      window(0, width - 50, 50),
      window(height - 50, 0, 50),
      window(height - 50, width - 50, 50),
    ]),
    temporal_sd_q: quantiles(sds),
  };
}

function motionStatistics(shifts: Float64Array, fps: number): Statistics {
  const y = shifts.filter((_, i) => i % 2 === 0);
  const x = shifts.filter((_, i) => i % 2 === 1);
  const radius = y.map((value, t) => Math.hypot(value, x[t]!));
  return {
    shift_radius_q: [0.5, 0.95, 0.99, 1].map((fraction) => quantile(radius, fraction)),
    // Around the mean: the reading under which the other implementation's two axes agree with the text.
    shift_rms_y_x: [sd(y), sd(x)],
    power_below_3hz_fraction_y_x: [y, x].map((axis) => powerBelow(axis, 3, fps)),
  };
}

/** Share of the variance at frequencies in (0, limit) Hz, by a plain Fourier sum. */
function powerBelow(values: Float64Array, limit: number, fps: number): number {
  const n = values.length;
  const centre = mean(values);
  let below = 0;
  let all = 0;
  for (let k = 1; k <= n / 2; k++) {
    let re = 0;
    let im = 0;
    for (let t = 0; t < n; t++) {
      const phase = (2 * Math.PI * k * t) / n;
      re += (values[t]! - centre) * Math.cos(phase);
      im += (values[t]! - centre) * Math.sin(phase);
    }
    const power = re * re + im * im;
    all += power;
    if ((k * fps) / n < limit) below += power;
  }
  return below / all;
}

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
};
const mean = (values: ArrayLike<number>): number => sum(values) / values.length;
const sd = (values: ArrayLike<number>): number => {
  const centre = mean(values);
  return Math.sqrt(sum(Array.from(values, (value) => (value - centre) ** 2)) / values.length);
};
const rows = (data: Float64Array, width: number): Float64Array[] =>
  Array.from({ length: data.length / width }, (_, i) => data.subarray(i * width, (i + 1) * width));
const quantiles = (values: ArrayLike<number>): number[] =>
  [0.05, 0.25, 0.5, 0.75, 0.95].map((fraction) => quantile(values, fraction));

const quantile = (values: ArrayLike<number>, fraction: number): number =>
  quantileOfSorted(Float64Array.from(values).sort(), fraction);

function histogramQuantile(histogram: Float64Array, rank: number): number {
  let seen = 0;
  for (const [value, count] of histogram.entries()) {
    seen += count;
    if (seen > rank) return value;
  }
  return histogram.length - 1;
}

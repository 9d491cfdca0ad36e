// Where cells are: peak-to-noise ratio and local correlation of the movie through the spatial filter of CNMF-E.
import { exp, log } from "@minisim/kernels/math";
import { powerSpectrumOf } from "../fourier.ts";
import type { Size } from "../frame.ts";
import { medianInPlace } from "../median.ts";
import { type Sites, Traces } from "../sites.ts";

export interface FilteredImages {
  /** Local correlation, one value for each site whose neighbours are sites. */
  readonly correlation: Float64Array;
  /** Peak-to-noise ratio, one value for each site. */
  readonly pnr: Float64Array;
}

/**
 * The movie through a centre-surround filter, less each pixel's median over time. pnr: its maximum over noise_sd. correlation: what is below 3 noise_sd
 * set to 0, then the mean Pearson correlation with the neighbours. Source: Zhou et al. 2018, eLife 7:e28728, doi:10.7554/eLife.28728.
 */
export function collectFiltered(size: Size, frames: number, sites: Sites, gaussianSdPx: number) {
  const filter = centreSurroundOf(size, gaussianSdPx);
  const traces = new Traces(sites.pixels.length, frames);
  return {
    add(index: number, pixels: Float64Array) {
      for (let site = 0; site < sites.pixels.length; site++) {
        traces.set(site, index, filter(pixels, sites.pixels[site]!));
      }
    },
    result(): FilteredImages {
      const noiseSd = noiseSdOf(frames);
      const scratch = new Float64Array(frames);
      const pnr = Float64Array.from(sites.pixels, (_, site) => {
        const trace = traces.of(site);
        scratch.set(trace);
        const middle = medianInPlace(scratch);
        for (let t = 0; t < frames; t++) scratch[t] = trace[t]! - middle;
        const sd = noiseSd(scratch);
        const peak = scratch.reduce((a, b) => Math.max(a, b));
        standardizePeaks(scratch, 3 * sd, trace);
        return peak / Math.max(sd, 1e-9);
      });
      return { correlation: siteCorrelations(traces, sites, size), pnr };
    },
  };
}

/** What lies below the threshold set to 0; then mean 0 and variance 1, so that a product of two traces is their correlation. */
function standardizePeaks(values: Float64Array, threshold: number, result: Float32Array): void {
  const kept = values.map((value) => (value < threshold ? 0 : value));
  const mean = kept.reduce((a, b) => a + b, 0) / kept.length;
  const variance = kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / kept.length;
  const sd = Math.max(Math.sqrt(variance), 1e-9);
  for (let t = 0; t < kept.length; t++) result[t] = (kept[t]! - mean) / sd;
}

function siteCorrelations(traces: Traces, sites: Sites, { height, width }: Size): Float64Array {
  const means: number[] = [];
  for (let site = 0; site < sites.pixels.length; site++) {
    const y = Math.floor(sites.pixels[site]! / width);
    const x = sites.pixels[site]! % width;
    const around: number[] = [];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        if (v !== y || u !== x) around.push(sites.numbers[v * width + u]!);
      }
    }
    if (around.includes(-1)) continue;
    const sum = around.reduce((all, other) => all + product(traces.of(site), traces.of(other)), 0);
    means.push(sum / around.length);
  }
  return Float64Array.from(means);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum / a.length;
}

/**
 * A Gaussian on a square of side 2 ⌈2 sd⌉ + 1; where it is at least as large as in the middle of the square's side, its mean there is subtracted,
 * and elsewhere it is 0. Edges of the frame are mirrored, without the edge pixel repeated.
 */
function centreSurroundOf({ height, width }: Size, sd: number) {
  const radius = Math.ceil(2 * sd);
  const dy: number[] = [];
  const dx: number[] = [];
  const gaussian: number[] = [];
  let all = 0;
  for (let v = -radius; v <= radius; v++) {
    for (let u = -radius; u <= radius; u++) {
      const square = v * v + u * u;
      const value = exp(-square / (2 * sd * sd));
      all += value;
      // The Gaussian falls with the distance, so the pixels that count are those within the radius.
      if (square > radius * radius) continue;
      dy.push(v);
      dx.push(u);
      gaussian.push(value);
    }
  }
  const mean = gaussian.reduce((a, b) => a + b, 0) / gaussian.length;
  const weights = Float64Array.from(gaussian, (value) => (value - mean) / all);
  const offsets = Int32Array.from(dy, (v, k) => v * width + dx[k]!);
  return (pixels: Float64Array, place: number): number => {
    const y = Math.floor(place / width);
    const x = place - y * width;
    let sum = 0;
    if (y >= radius && x >= radius && y < height - radius && x < width - radius) {
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * pixels[place + offsets[k]!]!;
      return sum;
    }
    for (let k = 0; k < weights.length; k++) {
      const row = reflected(y + dy[k]!, height) * width;
      sum += weights[k]! * pixels[row + reflected(x + dx[k]!, width)]!;
    }
    return sum;
  };
}

/** d c b | a b c d | c b a: the edge is not repeated. */
const reflected = (index: number, length: number): number =>
  index < 0 ? -index : index < length ? index : 2 * (length - 1) - index;

/** e^γ: the mean over the geometric mean of a periodogram ordinate of white noise. */
const EXP_EULER_GAMMA = 1.781072417990198;

/**
 * GetSn of CaImAn and CNMF-E: the root of the geometric mean of the power spectral density between 0.25 and 0.5 cycles per frame, times e^γ under the root,
 * so that white noise of standard deviation s gives s. Source: Pnevmatikakis et al. 2016, Neuron 89:285, doi:10.1016/j.neuron.2015.11.037.
 */
export function noiseSdOf(frames: number): (trace: Float64Array) => number {
  const spectrum = powerSpectrumOf(frames);
  const centred = new Float64Array(frames);
  return (trace) => {
    const mean = trace.reduce((a, b) => a + b, 0) / frames;
    for (let t = 0; t < frames; t++) centred[t] = trace[t]! - mean;
    const power = spectrum(centred);
    let sum = 0;
    let n = 0;
    for (let k = 0; k < power.length; k++) {
      if (4 * k <= frames || 2 * k >= frames) continue;
      sum += log(power[k]! / frames + 1e-12);
      n++;
    }
    return Math.sqrt(exp(sum / n) * EXP_EULER_GAMMA);
  };
}

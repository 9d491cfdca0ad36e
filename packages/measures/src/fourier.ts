// The power spectrum of a trace of any length: Bluestein's chirp transform on Cooley and Tukey's radix-2 transform.
import { cos, sin } from "@minisim/kernels/math";

export type PowerSpectrum = (trace: ArrayLike<number>) => Float64Array;

/**
 * The squared modulus of the discrete Fourier transform at 0 … ⌊length / 2⌋ cycles per trace; it is overwritten by the next call.
 * Source: Bluestein 1970, IEEE Trans. Audio Electroacoust. 18:451, doi:10.1109/TAU.1970.1162132.
 */
export function powerSpectrumOf(length: number): PowerSpectrum {
  const size = powerOfTwo(2 * length - 1);
  const transform = transformOf(size);
  const turn = new Float64Array(length);
  // k² modulo 2n, so that the angle stays small and exact.
  for (let k = 0; k < length; k++) turn[k] = (Math.PI * ((k * k) % (2 * length))) / length;
  const c = turn.map(cos);
  const s = turn.map(sin);
  const chirpRe = new Float64Array(size);
  const chirpIm = new Float64Array(size);
  for (let k = 0; k < length; k++) {
    chirpRe[k] = c[k]!;
    chirpIm[k] = s[k]!;
    chirpRe[(size - k) % size] = c[k]!;
    chirpIm[(size - k) % size] = s[k]!;
  }
  transform(chirpRe, chirpIm);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const power = new Float64Array((length >> 1) + 1);
  return (trace) => {
    re.fill(0);
    im.fill(0);
    for (let k = 0; k < length; k++) {
      re[k] = trace[k]! * c[k]!;
      im[k] = -trace[k]! * s[k]!;
    }
    transform(re, im);
    for (let k = 0; k < size; k++) {
      const product = re[k]! * chirpRe[k]! - im[k]! * chirpIm[k]!;
      im[k] = re[k]! * chirpIm[k]! + im[k]! * chirpRe[k]!;
      re[k] = product;
    }
    // Exchanged parts make the inverse transform, without its factor.
    transform(im, re);
    // The last chirp has modulus 1.
    for (let k = 0; k < power.length; k++) {
      power[k] = (re[k]! * re[k]! + im[k]! * im[k]!) / (size * size);
    }
    return power;
  };
}

/** Autocovariance sums Σ x[t] x[t + lag] at lags 0 … length − 1. */
export function autocorrelationOf(trace: ArrayLike<number>): Float64Array {
  const size = powerOfTwo(2 * trace.length);
  const transform = transformOf(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(trace);
  transform(re, im);
  for (let k = 0; k < size; k++) {
    re[k] = (re[k]! * re[k]! + im[k]! * im[k]!) / size;
    im[k] = 0;
  }
  transform(re, im);
  return re.subarray(0, trace.length);
}

function powerOfTwo(atLeast: number): number {
  let size = 1;
  while (size < atLeast) size *= 2;
  return size;
}

function transformOf(size: number): (real: Float64Array, imag: Float64Array) => void {
  const turns = Float64Array.from({ length: size / 2 }, (_, k) => (-2 * Math.PI * k) / size);
  const cosines = turns.map(cos);
  const sines = turns.map(sin);
  return (real, imag) => {
    exchange(real, imag);
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let from = 0; from < size; from += 2 * half) {
        for (let k = 0; k < half; k++) {
          const low = from + k;
          const high = low + half;
          const c = cosines[k * stride]!;
          const s = sines[k * stride]!;
          const turnedRe = real[high]! * c - imag[high]! * s;
          const turnedIm = real[high]! * s + imag[high]! * c;
          real[high] = real[low]! - turnedRe;
          imag[high] = imag[low]! - turnedIm;
          real[low] = real[low]! + turnedRe;
          imag[low] = imag[low]! + turnedIm;
        }
      }
    }
  };
}

/** Puts every value where the reversed bits of its place say. */
function exchange(real: Float64Array, imag: Float64Array): void {
  const { length } = real;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imag[i], imag[j]] = [imag[j]!, imag[i]!];
  }
}

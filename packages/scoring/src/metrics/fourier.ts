// A Fourier transform with the same bits on every engine: sums, products, and the sines of @minisim/kernels/math.
import { cos, sin } from "@minisim/kernels/math";

/**
 * Transforms a row-major complex image in place; both sides are powers of two. The inverse leaves out the factor
 * 1 / (height · width): who looks for a peak does not need it.
 */
export function transform2d(
  real: Float64Array,
  imag: Float64Array,
  { height, width }: { readonly height: number; readonly width: number },
  direction: "forward" | "inverse" = "forward",
): void {
  // Exchanging the parts before and after turns a forward transform into an inverse one.
  const [a, b] = direction === "forward" ? [real, imag] : [imag, real];
  const alongRow = transformOf(width);
  for (let y = 0; y < height; y++) alongRow(a, b, y * width, 1);
  const alongColumn = transformOf(height);
  for (let x = 0; x < width; x++) alongColumn(a, b, x, width);
}

type Transform = (real: Float64Array, imag: Float64Array, start: number, step: number) => void;

/** Cooley and Tukey's radix-2 transform of `size` values that lie `step` apart. */
function transformOf(size: number): Transform {
  const turns = Float64Array.from({ length: size / 2 }, (_, k) => (-2 * Math.PI * k) / size);
  const cosines = turns.map(cos);
  const sines = turns.map(sin);
  const reversed = bitReversal(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  return (real, imag, start, step) => {
    for (let k = 0; k < size; k++) {
      re[reversed[k]!] = real[start + k * step]!;
      im[reversed[k]!] = imag[start + k * step]!;
    }
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let from = 0; from < size; from += 2 * half) {
        for (let k = 0; k < half; k++) {
          const low = from + k;
          const high = low + half;
          const c = cosines[k * stride]!;
          const s = sines[k * stride]!;
          const turnedRe = re[high]! * c - im[high]! * s;
          const turnedIm = re[high]! * s + im[high]! * c;
          re[high] = re[low]! - turnedRe;
          im[high] = im[low]! - turnedIm;
          re[low] = re[low]! + turnedRe;
          im[low] = im[low]! + turnedIm;
        }
      }
    }
    for (let k = 0; k < size; k++) {
      real[start + k * step] = re[k]!;
      imag[start + k * step] = im[k]!;
    }
  };
}

function bitReversal(size: number): Int32Array {
  const reversed = new Int32Array(size);
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      reversed[k] = reversed[k]! * 2;
      reversed[k + half] = reversed[k]! + 1;
    }
  }
  return reversed;
}

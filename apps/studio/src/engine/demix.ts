// What the true footprints make of a movie: least squares for the traces, Y ≈ Σ A_k c_k, beside what each cell's own region of
// interest reads. The best case of every demixing method: nobody knows footprints better.
import { correlation, meanPairwise } from "./correlation.ts";
import type { Preview } from "./preview.ts";

export interface DemixReport {
  readonly stage: string;
  /** Correlation with the true calcium, one value a unit that has light and fired. */
  readonly roi: Float64Array;
  readonly demixed: Float64Array;
  /** Mean correlation between two cells: as true, as regions of interest read it, as demixed. */
  readonly pairs: { readonly truth: number; readonly roi: number; readonly demixed: number };
}

interface Sparse {
  readonly pixels: Int32Array;
  readonly values: Float64Array;
}

const CHUNK = 16;

export async function demix(
  preview: Preview,
  stage: string,
  current: () => boolean,
  report: (share: number) => void = () => {},
): Promise<DemixReport | null> {
  const { truth, plan } = preview;
  const { n_frames: frames, fov } = plan.program.geometry;
  const area = fov.height * fov.width;
  const all = Array.from({ length: truth.n_units }, (_, unit) => sparse(preview, unit));
  const units = [...all.keys()].filter((unit) => all[unit]!.pixels.length > 0);
  const footprints = units.map((unit) => all[unit]!);
  // A constant beside the cells takes up what does not change at all.
  const count = footprints.length + 1;
  const factor = cholesky(gram(footprints, area), count);
  const rois = footprints.map(half);
  const demixed = footprints.map(() => new Float64Array(frames));
  const read = footprints.map(() => new Float64Array(frames));
  const right = new Float64Array(count);
  for (let first = 0; first < frames; first += CHUNK) {
    if (!current()) return null;
    report(first / frames);
    const data = preview.frames(stage, first, CHUNK);
    for (let f = 0; f * area < data.length; f++) {
      const frame = data.subarray(f * area, (f + 1) * area);
      for (const [k, footprint] of footprints.entries()) {
        right[k] = dot(footprint, frame);
        let sum = 0;
        for (const pixel of rois[k]!) sum += frame[pixel]!;
        read[k]![first + f] = sum / rois[k]!.length;
      }
      let sum = 0;
      for (let i = 0; i < area; i++) sum += frame[i]!;
      right[count - 1] = sum;
      solve(factor, right, count);
      for (const [k, trace] of demixed.entries()) trace[first + f] = right[k]!;
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  // A cell that stayed silent has nothing to be compared with.
  const calcium = units.map((unit) => truth.field("C").rows(unit, unit + 1) as Float64Array);
  const active = [...calcium.keys()].filter((k) =>
    calcium[k]!.some((value) => value !== calcium[k]![0]),
  );
  const withCalcium = (traces: readonly Float64Array[]) =>
    Float64Array.from(active, (k) => correlation(traces[k]!, calcium[k]!));
  return {
    stage,
    roi: withCalcium(read),
    demixed: withCalcium(demixed),
    pairs: {
      truth: meanPairwise(calcium),
      roi: meanPairwise(read),
      demixed: meanPairwise(demixed),
    },
  };
}

/** A unit's observed footprint over the field of view. */
function sparse({ truth }: Preview, unit: number): Sparse {
  const [top, left] = truth.fov_offset;
  const [fovHeight, fovWidth] = truth.fov_shape;
  const { row, col, height, width, data } = truth.observed_footprints.at(unit);
  const pixels: number[] = [];
  const values: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, c] = [row + y - top, col + x - left];
      const value = data[y * width + x]!;
      if (value <= 0 || r < 0 || c < 0 || r >= fovHeight || c >= fovWidth) continue;
      pixels.push(r * fovWidth + c);
      values.push(value);
    }
  }
  return { pixels: Int32Array.from(pixels), values: Float64Array.from(values) };
}

function half({ pixels, values }: Sparse): Int32Array {
  const peak = values.reduce((a, b) => Math.max(a, b), 0);
  return pixels.filter((_, i) => values[i]! >= 0.5 * peak);
}

function dot({ pixels, values }: Sparse, frame: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) sum += values[i]! * frame[pixels[i]!]!;
  return sum;
}

/** AᵀA of the footprints and the constant, row-major. */
function gram(footprints: readonly Sparse[], area: number): Float64Array {
  const count = footprints.length + 1;
  const matrix = new Float64Array(count * count);
  const dense = new Float64Array(area);
  for (const [i, { pixels, values }] of footprints.entries()) {
    for (let p = 0; p < pixels.length; p++) dense[pixels[p]!] = values[p]!;
    for (let j = 0; j <= i; j++) {
      const value = dot(footprints[j]!, dense);
      matrix[i * count + j] = value;
      matrix[j * count + i] = value;
    }
    const sum = values.reduce((a, b) => a + b, 0);
    matrix[i * count + count - 1] = sum;
    matrix[(count - 1) * count + i] = sum;
    for (const pixel of pixels) dense[pixel] = 0;
  }
  matrix[count * count - 1] = area;
  return matrix;
}

/** Lower factor in place. A trace of ridge keeps cells apart that lie on one another. */
function cholesky(matrix: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) matrix[i * n + i]! *= 1 + 1e-9;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!;
      matrix[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j * n + j]!;
    }
  }
  return matrix;
}

function solve(lower: Float64Array, right: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * right[k]!;
    right[i] = sum / lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * right[k]!;
    right[i] = sum / lower[i * n + i]!;
  }
}

// From an image of how much each pixel stands out to regions: one around each local maximum.
import type { Canvas, Footprint } from "@minisim/footprint";

export interface RegionOptions {
  /** What a peak must reach. */
  readonly threshold: number;
  /** No two peaks are closer, and no region reaches farther from its peak than twice that. */
  readonly radius_px: number;
}

/** Of the peak: a region ends below it, as `footprintMask` does. */
const EDGE = 0.18;

/** Regions of ones, the highest peak first. Peaks inside an earlier region are part of it; regions may overlap. */
export function regionsAround(
  image: Float64Array,
  canvas: Canvas,
  { threshold, radius_px }: RegionOptions,
): Footprint[] {
  const { width } = canvas;
  const claimed = new Uint8Array(image.length);
  const peaks: number[] = [];
  const regions: Footprint[] = [];
  for (const pixel of maximaOf(image, canvas, threshold)) {
    const near = (peak: number) => distance2(pixel, peak, width) < radius_px * radius_px;
    if (claimed[pixel] === 1 || peaks.some(near)) continue;
    const found = connected(image, canvas, pixel, 2 * radius_px);
    for (const member of found) claimed[member] = 1;
    peaks.push(pixel);
    regions.push(ones(found, canvas));
  }
  return regions;
}

/** Pixels at the threshold or above that none of their eight neighbours exceeds, the highest first. */
function maximaOf(image: Float64Array, { height, width }: Canvas, threshold: number): number[] {
  const found: number[] = [];
  for (let pixel = 0; pixel < image.length; pixel++) {
    if (image[pixel]! >= threshold && isLocalMaximum(pixel)) found.push(pixel);
  }
  return found.sort((a, b) => image[b]! - image[a]! || a - b);

  function isLocalMaximum(pixel: number): boolean {
    const [row, col] = [Math.floor(pixel / width), pixel % width];
    for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, height - 1); y++) {
      for (let x = Math.max(col - 1, 0); x <= Math.min(col + 1, width - 1); x++) {
        if (image[y * width + x]! > image[pixel]!) return false;
      }
    }
    return true;
  }
}

/** What hangs together with the peak above EDGE of its height, no farther away than `reach`. */
function connected(
  image: Float64Array,
  { height, width }: Canvas,
  peak: number,
  reach: number,
): Set<number> {
  const least = EDGE * image[peak]!;
  const found = new Set([peak]);
  // A set is visited in the order of insertion, what is added on the way included.
  for (const pixel of found) {
    const [row, col] = [Math.floor(pixel / width), pixel % width];
    const near = [
      row > 0 ? pixel - width : pixel,
      row < height - 1 ? pixel + width : pixel,
      col > 0 ? pixel - 1 : pixel,
      col < width - 1 ? pixel + 1 : pixel,
    ];
    for (const next of near) {
      if (image[next]! >= least && distance2(next, peak, width) <= reach * reach) found.add(next);
    }
  }
  return found;
}

function ones(found: ReadonlySet<number>, { height, width }: Canvas): Footprint {
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (const pixel of found) {
    const [row, col] = [Math.floor(pixel / width), pixel % width];
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    left = Math.min(left, col);
    right = Math.max(right, col);
  }
  const shape = { height: bottom - top + 1, width: right - left + 1 };
  const data = new Float32Array(shape.height * shape.width);
  for (const pixel of found) {
    data[(Math.floor(pixel / width) - top) * shape.width + (pixel % width) - left] = 1;
  }
  return { row: top, col: left, ...shape, data };
}

function distance2(a: number, b: number, width: number): number {
  const dy = Math.floor(a / width) - Math.floor(b / width);
  const dx = (a % width) - (b % width);
  return dy * dy + dx * dx;
}

// The size and shape of one footprint.
import type { Footprint } from "@minisim/footprint";

export interface FootprintShape {
  /** Diameter of the circle with the area of the part at or above half of the maximum, px. */
  readonly fwhm_px: number;
  /** Root of the ratio of the eigenvalues of the second moments of the part at or above a fifth of the maximum. */
  readonly axis_ratio: number;
  /** Centre of light of that part: row and column in the frame. */
  readonly centre: readonly [y: number, x: number];
}

/** The second moment of a pixel that is 1 wide. */
const PIXEL_MOMENT = 1 / 12;

/** Parts are those connected by edges of pixels to the brightest one. Null for a footprint of fewer than 4 pixels. */
export function shapeOf(footprint: Footprint): FootprintShape | null {
  const { row, col, width, data } = footprint;
  const brightest = data.reduce((best, value, i) => (value > data[best]! ? i : best), 0);
  const peak = data[brightest] ?? 0;
  if (!(peak > 0)) return null;
  const half = connected(footprint, brightest, 0.5 * peak);
  const fifth = connected(footprint, brightest, 0.2 * peak);
  if (fifth.length < 4) return null;
  let [sum, squares, y, x] = [0, 0, 0, 0];
  for (const place of fifth) {
    const w = data[place]!;
    sum += w;
    squares += w * w;
    y += w * Math.floor(place / width);
    x += w * (place % width);
  }
  [y, x] = [y / sum, x / sum];
  let [yy, yx, xx] = [0, 0, 0];
  for (const place of fifth) {
    const w = data[place]!;
    const dy = Math.floor(place / width) - y;
    const dx = (place % width) - x;
    yy += w * dy * dy;
    yx += w * dy * dx;
    xx += w * dx * dx;
  }
  // The unbiased covariance of weighted samples.
  const n = sum - squares / sum;
  const [long, short] = eigenvalues(yy / n + PIXEL_MOMENT, yx / n, xx / n + PIXEL_MOMENT);
  return {
    fwhm_px: 2 * Math.sqrt(half.length / Math.PI),
    axis_ratio: Math.sqrt(long / short),
    centre: [row + y, col + x],
  };
}

/** Of a symmetric matrix of 2 × 2; the larger first. */
function eigenvalues(a: number, b: number, c: number): readonly [number, number] {
  const middle = (a + c) / 2;
  const apart = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  return [middle + apart, middle - apart];
}

function connected({ height, width, data }: Footprint, from: number, least: number): number[] {
  const seen = new Uint8Array(data.length);
  seen[from] = 1;
  const places = [from];
  const visit = (place: number) => {
    if (seen[place] === 1 || data[place]! < least) return;
    seen[place] = 1;
    places.push(place);
  };
  for (let next = 0; next < places.length; next++) {
    const place = places[next]!;
    const x = place % width;
    if (x > 0) visit(place - 1);
    if (x < width - 1) visit(place + 1);
    if (place >= width) visit(place - width);
    if (place < (height - 1) * width) visit(place + width);
  }
  return places;
}

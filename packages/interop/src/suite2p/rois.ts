// True cells as suite2p's `stat`: per cell its pixels, their weights, and where it lies.
import { median } from "@minisim/kernels/statistics";
import type { GroundTruth } from "@minisim/recording";
import { NumPyArray, type Picklable, PyFloat } from "./pickle.ts";

interface Pixels {
  readonly y: number[];
  readonly x: number[];
  readonly weight: number[];
}

/** One dictionary a unit. Weights are the observed footprint itself; pixels that two cells light are marked as overlap. */
export function statOf(truth: GroundTruth): Picklable[] {
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  const footprints = truth.observed_footprints.crop({ top, left, height, width });
  const cells = Array.from({ length: footprints.length }, (_, i) => litPixels(footprints.at(i)));
  const lighting = new Uint32Array(height * width);
  for (const { y, x } of cells) {
    for (let k = 0; k < y.length; k++) lighting[y[k]! * width + x[k]!]! += 1;
  }
  const pixels = cells.reduce((sum, { y }) => sum + y.length, 0);
  const mean = Math.max(1, pixels / Math.max(1, cells.length));
  return cells.map(({ y, x, weight }) => {
    const npix = y.length;
    const overlap = Uint8Array.from(y, (row, k) => (lighting[row * width + x[k]!]! > 1 ? 1 : 0));
    return {
      ypix: new NumPyArray(Int32Array.from(y)),
      xpix: new NumPyArray(Int32Array.from(x)),
      lam: new NumPyArray(Float32Array.from(weight)),
      med: medianPixel({ y, x, weight }),
      npix,
      npix_soma: npix,
      npix_norm: new PyFloat(npix / mean),
      radius: new PyFloat(Math.sqrt(npix / Math.PI)),
      overlap: new NumPyArray(overlap, [npix], "|b1"),
      soma_crop: new NumPyArray(new Uint8Array(npix).fill(1), [npix], "|b1"),
    };
  });
}

function litPixels(footprint: {
  readonly row: number;
  readonly col: number;
  readonly width: number;
  readonly data: Float32Array;
}): Pixels {
  const pixels: Pixels = { y: [], x: [], weight: [] };
  for (const [i, light] of footprint.data.entries()) {
    if (!(light > 0)) continue;
    pixels.y.push(footprint.row + Math.floor(i / footprint.width));
    pixels.x.push(footprint.col + (i % footprint.width));
    pixels.weight.push(light);
  }
  return pixels;
}

/** (y, x) of the pixel nearest to the medians of both; (0, 0) for a dark cell. */
function medianPixel({ y, x }: Pixels): [number, number] {
  if (y.length === 0) return [0, 0];
  const [toY, toX] = [middle(y), middle(x)];
  let best = 0;
  let least = Infinity;
  for (let k = 0; k < y.length; k++) {
    const distance = (y[k]! - toY) ** 2 + (x[k]! - toX) ** 2;
    if (distance >= least) continue;
    least = distance;
    best = k;
  }
  return [y[best]!, x[best]!];
}

const middle = (values: readonly number[]): number => median(values.toSorted((a, b) => a - b));

// The cell body: a disc with a ragged edge.
import { blurField } from "@minisim/kernels";
import { type Patch, patchBetween } from "./patch.ts";

/** A point of the pixel grid, in pixels; pixel centres have whole coordinates. */
export interface Point {
  readonly row: number;
  readonly col: number;
}

/**
 * The pixels whose centre lies within radius·(1 + irregularity·n) of the centre: 1 there, 0 elsewhere.
 * n is white noise low-passed at σ = max(radius/2, 1 px) over the window that the body can reach, scaled to peak |n| = 1.
 * A body that reaches no pixel centre lights the nearest pixel.
 *
 * @param normal draws standard normals, one a pixel of the window, row by row
 */
export function somaPatch(
  centre: Point,
  radius_px: number,
  irregularity: number,
  normal: () => number,
): Patch {
  const reach = radius_px * (1 + irregularity);
  const patch = patchBetween(
    Math.floor(centre.row - reach),
    Math.floor(centre.col - reach),
    Math.ceil(centre.row + reach),
    Math.ceil(centre.col + reach),
  );
  const noise = edgeNoise(patch, radius_px, normal);
  let lit = 0;
  for (let y = 0; y < patch.height; y++) {
    for (let x = 0; x < patch.width; x++) {
      const dy = patch.row + y - centre.row;
      const dx = patch.col + x - centre.col;
      const edge = radius_px * (1 + irregularity * noise[y * patch.width + x]!);
      if (dy * dy + dx * dx > edge * edge) continue;
      patch.data[y * patch.width + x] = 1;
      lit += 1;
    }
  }
  if (lit === 0) {
    const y = Math.round(centre.row) - patch.row;
    const x = Math.round(centre.col) - patch.col;
    patch.data[y * patch.width + x] = 1;
  }
  return patch;
}

/** The window's low-passed noise with peak |n| = 1. */
function edgeNoise(window: Patch, radius_px: number, normal: () => number): Float64Array {
  const white = new Float64Array(window.data.length);
  for (let i = 0; i < white.length; i++) white[i] = normal();
  const smooth = blurField(white, window, Math.max(radius_px / 2, 1), "nearest");
  let peak = 0;
  for (let i = 0; i < smooth.length; i++) peak = Math.max(peak, Math.abs(smooth[i]!));
  if (peak > 0) for (let i = 0; i < smooth.length; i++) smooth[i]! /= peak;
  return smooth;
}

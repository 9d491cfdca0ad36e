// The canvas as nested rectangles: the FOV (shell 0), then frames one pixel wide (shell 1, 2, ...). Filling it shell by
// shell lets a larger margin add cells without moving any.
import { roundHalfEven } from "@minisim/kernels/math";

export interface Fov {
  readonly height: number;
  readonly width: number;
  readonly pixel_size_um: number;
}

/** Cells per shell: element k is what rounding the count of the rectangle grown by k pixels adds to the one inside it. */
export function shellCounts(
  fov: Fov,
  margin_px: number,
  density_per_mm3: number,
  thickness_um: number,
): number[] {
  const counts: number[] = [];
  let inside = 0;
  for (let k = 0; k <= margin_px; k++) {
    const height_um = (fov.height + 2 * k) * fov.pixel_size_um;
    const width_um = (fov.width + 2 * k) * fov.pixel_size_um;
    const total = roundHalfEven(density_per_mm3 * 1e-9 * height_um * width_um * thickness_um);
    counts.push(total - inside);
    inside = total;
  }
  return counts;
}

/**
 * A point of shell k, (y, x) µm, uniform for uniform (across, along) in [0, 1)². In a frame, `along` walks the four
 * strips top, bottom, left, right, laid end to end, and `across` is the position in the strip's width.
 */
export function pointInShell(
  fov: Fov,
  k: number,
  across: number,
  along: number,
): readonly [number, number] {
  const { pixel_size_um } = fov;
  const height = fov.height + 2 * k;
  const width = fov.width + 2 * k;
  if (k === 0)
    return [(across - 0.5) * height * pixel_size_um, (along - 0.5) * width * pixel_size_um];
  const side = height - 2;
  const at = along * 2 * (width + side);
  // From the outer rectangle's top left corner, in pixels.
  let y: number;
  let x: number;
  if (at < 2 * width) {
    const top = at < width;
    y = top ? across : height - 1 + across;
    x = top ? at : at - width;
  } else {
    const left = at < 2 * width + side;
    y = 1 + at - 2 * width - (left ? 0 : side);
    x = left ? across : width - 1 + across;
  }
  return [(y - height / 2) * pixel_size_um, (x - width / 2) * pixel_size_um];
}

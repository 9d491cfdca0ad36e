// Squares of pixels that count as one: a wide image needs few of them.
import type { Footprint, FootprintStack } from "@minisim/footprint";
import type { Shape } from "@minisim/pipeline";

/**
 * Squares of side s add s²/12 to the variance σ² of an image. With s² ≤ σ²/5 that is 1/60, which costs 0.8 % of a d′. A Gaussian of peak 1 has a light
 * of 2πσ².
 */
const LIGHT_PER_PIXEL = 10 * Math.PI;
/** Of all cells this share may be narrower: the edge of the canvas cuts some. */
const NARROWER = 0.1;

/** So many cells tell how narrow cells are. */
const MOST_ASKED = 256;

/** The side of the squares, px: as long as it costs nine of ten cells no more than that, and a divisor of both sides of the view. */
export function squareSide(footprints: FootprintStack, { height, width }: Shape): number {
  const every = Math.ceil(footprints.length / MOST_ASKED);
  const asked = Math.floor(footprints.length / Math.max(1, every));
  const lights = Array.from({ length: asked }, (_, k) => {
    const { data } = footprints.at(k * every);
    let peak = 0;
    let total = 0;
    for (let i = 0; i < data.length; i++) {
      peak = Math.max(peak, data[i]!);
      total += data[i]!;
    }
    return peak > 0 ? total / peak : 0;
  });
  const shining = lights.filter((light) => light > 0).sort((a, b) => a - b);
  const narrow = shining[Math.floor(NARROWER * shining.length)] ?? 0;
  let side = Math.max(1, Math.floor(Math.sqrt(narrow / LIGHT_PER_PIXEL)));
  while (height % side > 0 || width % side > 0) side -= 1;
  return side;
}

/** A patch's light in each square of a window of its canvas. */
export function summed(
  patch: Footprint,
  side: number,
  window: Shape & { readonly top: number; readonly left: number },
): Footprint {
  const row = patch.row - window.top;
  const col = patch.col - window.left;
  const [firstRow, endRow] = [Math.max(0, row), Math.min(window.height, row + patch.height)];
  const [firstCol, endCol] = [Math.max(0, col), Math.min(window.width, col + patch.width)];
  if (endRow <= firstRow || endCol <= firstCol) {
    return { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
  }
  const top = Math.floor(firstRow / side);
  const left = Math.floor(firstCol / side);
  const height = Math.ceil(endRow / side) - top;
  const width = Math.ceil(endCol / side) - left;
  const data = new Float32Array(height * width);
  for (let y = firstRow; y < endRow; y++) {
    const to = (Math.floor(y / side) - top) * width - left;
    const from = (y - row) * patch.width - col;
    for (let x = firstCol; x < endCol; x++)
      data[to + Math.floor(x / side)]! += patch.data[from + x]!;
  }
  return { row: top, col: left, height, width, data };
}

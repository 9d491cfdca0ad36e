// How much of each cell's observed light the tissue in front of it takes.
import type { FootprintStack } from "@minisim/footprint";

/**
 * 1 − Σ(A·M) / Σ A over the canvas per footprint, in [0, 1); 0 for a footprint without light.
 * M is the transmission over the canvas, row-major.
 */
export function overlapFractions(
  observed: FootprintStack,
  transmission: Float64Array,
): Float64Array {
  const fractions = new Float64Array(observed.length);
  for (let unit = 0; unit < observed.length; unit++) {
    const { row, col, height, width, data } = observed.at(unit);
    let total = 0;
    let through = 0;
    for (let y = 0; y < height; y++) {
      const at = (row + y) * observed.canvas.width + col;
      for (let x = 0; x < width; x++) {
        const light = data[y * width + x]!;
        total += light;
        through += light * transmission[at + x]!;
      }
    }
    // Rounding in the two sums can leave −1e-16 where nothing is in front.
    fractions[unit] = total > 0 ? Math.max(0, 1 - through / total) : 0;
  }
  return fractions;
}

// How crisp the mean of a corrected movie is: motion that is left blurs it.
import type { Canvas } from "@minisim/footprint";

/**
 * ‖ |∇I| ‖ over the pixels of an image, in its unit per pixel, by central differences (one-sided at the border). Comparable between corrections
 * of one movie only. Null for values that are not finite, and of fewer than two pixels a side. Source: NoRMCorre, Pnevmatikakis & Giovannucci
 * 2017, doi:10.1016/j.jneumeth.2017.07.031.
 */
export function crispness(image: ArrayLike<number>, { height, width }: Canvas): number | null {
  if (height < 2 || width < 2) return null;
  const at = (y: number, x: number) => image[y * width + x]!;
  let sum = 0;
  for (let y = 0; y < height; y++) {
    const [above, below] = [Math.max(0, y - 1), Math.min(height - 1, y + 1)];
    for (let x = 0; x < width; x++) {
      const [before, after] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      const down = (at(below, x) - at(above, x)) / (below - above);
      const right = (at(y, after) - at(y, before)) / (after - before);
      sum += down * down + right * right;
    }
  }
  return Number.isFinite(sum) ? Math.sqrt(sum) : null;
}

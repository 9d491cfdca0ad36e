// The outline of a footprint as a path of SVG.
import type { Footprint } from "@minisim/footprint";
import { contours } from "./contour.ts";
import type { Box } from "./raster.ts";
import { polyline } from "./svg.ts";

// Half of the peak: for a blurred disc the outline of the disc itself.
const LEVEL = 0.5;

/** `origin` is the (row, column) of the footprint's canvas that lies at the corner of the box. Empty for a dark footprint. */
export function outlineOf(
  { row, col, height, width, data }: Footprint,
  [top, left]: readonly [number, number],
  box: Box,
  scale: number,
): string {
  let peak = 0;
  for (const value of data) if (value > peak) peak = value;
  if (peak === 0) return "";
  return contours({ height, width, data }, LEVEL * peak)
    .map((loop) => {
      const points = loop.map(
        ([y, x]) =>
          [box.x + (col - left + x + 0.5) * scale, box.y + (row - top + y + 0.5) * scale] as const,
      );
      return `${polyline(points)}Z`;
    })
    .join("");
}

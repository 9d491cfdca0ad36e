// What stands on and beside a picture: scale bar, colour bar, legend.
import { type ColormapName, colorAt } from "./colormap.ts";
import type { Range } from "./range.ts";
import type { Box } from "./raster.ts";
import { element, text } from "./svg.ts";
import { theme } from "./theme.ts";
import { roundBelow, tickLabel, ticks } from "./ticks.ts";

/** From one line of a legend to the next. */
export const LEGEND_LINE = 18;

/** Room that a colour bar needs to the right of a picture. */
export const COLOR_BAR_ROOM = 74;

/** A round length of about a fifth of the picture, in its lower right corner. */
export function scaleBar(box: Box, unitsPerUm: number): string {
  const um = roundBelow((box.width * 0.25) / unitsPerUm);
  const length = um * unitsPerUm;
  const x = box.x + box.width - 16 - length;
  const y = box.y + box.height - 18;
  const label = um >= 1000 ? `${um / 1000} mm` : `${um} µm`;
  const plate = { x: x - 8, y: y - 20, width: length + 16, height: 30, rx: 4 };
  return [
    element("rect", { ...plate, fill: theme.background, "fill-opacity": 0.55 }),
    element("rect", { x, y, width: length, height: 3, fill: "#ffffff" }),
    text(x + length / 2, y - 6, label, { anchor: "middle", fill: "#ffffff", size: 11 }),
  ].join("");
}

/** A vertical bar right of `box`, with round ticks and a label along it. */
export function colorBar(box: Box, [low, high]: Range, map: ColormapName, label: string): string {
  const x = box.x + box.width + 14;
  const height = Math.min(box.height, 260);
  const steps = 64;
  const slice = height / steps;
  const slices = Array.from({ length: steps }, (_, i) =>
    element("rect", {
      x,
      y: box.y + height - (i + 1) * slice,
      width: 10,
      // A little overlap, or hairlines show between the slices.
      height: slice + (i === 0 ? 0 : 0.5),
      fill: colorAt(map, i / (steps - 1)),
    }),
  );
  const values = ticks(low, high, 5);
  const marks = values.map((value) => {
    const y = box.y + height - ((value - low) / (high - low)) * height;
    return (
      element("rect", { x: x + 10, y: y - 0.5, width: 3, height: 1, fill: theme.muted }) +
      text(x + 16, y + 4, tickLabel(value, values))
    );
  });
  const frame = { x: x - 0.5, y: box.y - 0.5, width: 11, height: height + 1 };
  const border = element("rect", { ...frame, fill: "none", stroke: theme.faint });
  const side = text(x + 50, box.y + height / 2, label, { anchor: "middle", rotate: 90 });
  return [...slices, border, ...marks, side].join("");
}

export interface LegendEntry {
  readonly color: string;
  readonly label: string;
}

/** Coloured dots with words, in a row that starts at (x, y). */
export function legend(
  x: number,
  y: number,
  entries: readonly LegendEntry[],
  width = Number.POSITIVE_INFINITY,
): string {
  let [at, line] = [x, y];
  return entries
    .map(({ color, label }) => {
      // DejaVu Sans is about 0.6 em wide on average.
      const length = 14 + label.length * theme.textSize * 0.6;
      if (at > x && at + length > x + width) [at, line] = [x, line + LEGEND_LINE];
      const circle = element("circle", { cx: at + 4, cy: line - 4, r: 4, fill: color });
      const entry = circle + text(at + 14, line, label);
      at += length + 18;
      return entry;
    })
    .join("");
}

// Axes: a quiet grid with round ticks.
import type { Box } from "./raster.ts";
import { element, text } from "./svg.ts";
import { theme } from "./theme.ts";
import { tickLabel, ticks } from "./ticks.ts";

/** Maps values to positions. */
export type Scale = (value: number) => number;

export const linear =
  (low: number, high: number, from: number, to: number): Scale =>
  (value) =>
    from + ((value - low) / (high > low ? high - low : 1)) * (to - from);

/** Vertical grid lines with labels below the box, and the axis name under them; `bare`: lines alone. */
export function timeAxis(
  box: Box,
  seconds: number,
  options: { label?: string; bare?: boolean } = {},
): string {
  return lengthAxis(box, 0, seconds, options);
}

/** The same from any low to any high value. */
export function lengthAxis(
  box: Box,
  low: number,
  high: number,
  options: { label?: string; bare?: boolean } = {},
): string {
  const values = ticks(low, high, Math.max(3, Math.round(box.width / 110)));
  const x = linear(low, high, box.x, box.x + box.width);
  const bottom = box.y + box.height;
  const marks = values.map(
    (value) =>
      element("rect", {
        x: x(value) - 0.5,
        y: box.y,
        width: 1,
        height: box.height,
        fill: theme.faint,
        "fill-opacity": 0.55,
      }) +
      (options.bare
        ? ""
        : text(x(value), bottom + 16, tickLabel(value, values), { anchor: "middle" })),
  );
  const name = options.label
    ? text(box.x + box.width / 2, bottom + 36, options.label, { anchor: "middle" })
    : "";
  return marks.join("") + name;
}

/** Horizontal grid lines with labels left of the box, and the axis name turned beside them. */
export function valueAxis(box: Box, low: number, high: number, label: string): string {
  const values = ticks(low, high, Math.max(2, Math.round(box.height / 44)));
  const y = linear(low, high, box.y + box.height, box.y);
  const marks = values.map(
    (value) =>
      element("rect", {
        x: box.x,
        y: y(value) - 0.5,
        width: box.width,
        height: 1,
        fill: theme.faint,
        "fill-opacity": 0.55,
      }) + text(box.x - 8, y(value) + 4, tickLabel(value, values), { anchor: "end" }),
  );
  return (
    marks.join("") +
    text(box.x - 46, box.y + box.height / 2, label, { anchor: "middle", rotate: -90 })
  );
}

// Quantities along another one, such as recall by depth: points with intervals, joined by lines; several panels beside each other.
import { lengthAxis, linear, valueAxis } from "./axis.ts";
import { legend } from "./furniture.ts";
import type { Box } from "./raster.ts";
import { element, HEADER, page, polyline } from "./svg.ts";
import { theme } from "./theme.ts";

export interface SeriesPoint {
  readonly x: number;
  /** Null: there is none here, and the line has a gap. */
  readonly y: number | null;
  /** An interval around y, such as 95 % of confidence. */
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface Series {
  readonly label: string;
  readonly points: readonly SeriesPoint[];
}

export interface SeriesPanel {
  readonly x: { readonly label: string; readonly low: number; readonly high: number };
  readonly y: { readonly label: string; readonly low: number; readonly high: number };
  /** The same label has the same colour in all panels: the n-th label that occurs. */
  readonly series: readonly Series[];
}

export interface SeriesFigure {
  readonly panels: readonly SeriesPanel[];
  readonly title: string;
  readonly subtitle?: string;
}

const PANEL = { width: 300, height: 220, left: 84, gap: 74 };
const COLORS = [theme.teal, theme.amber, theme.rose, "#8ea7ff", "#b7d36a", theme.muted];

/** SVG of panels in a row, with one legend under them. */
export function seriesFigure({ panels, ...titles }: SeriesFigure): string {
  const labels = [...new Set(panels.flatMap(({ series }) => series.map(({ label }) => label)))];
  const colorOf = (label: string) => COLORS[labels.indexOf(label) % COLORS.length]!;
  const boxes = panels.map((_, k) => ({
    x: PANEL.left + k * (PANEL.width + PANEL.gap),
    y: HEADER + 4,
    width: PANEL.width,
    height: PANEL.height,
  }));
  const bottom = HEADER + 4 + PANEL.height;
  const entries = labels.map((label) => ({ color: colorOf(label), label }));
  return page(
    {
      ...titles,
      width: Math.max(480, PANEL.left + panels.length * (PANEL.width + PANEL.gap) - 40),
      height: bottom + 84,
    },
    ...panels.map((panel, k) => drawPanel(panel, boxes[k]!, colorOf)),
    legend(PANEL.left, bottom + 62, entries),
  );
}

function drawPanel(panel: SeriesPanel, box: Box, colorOf: (label: string) => string): string {
  const { x, y, series } = panel;
  return [
    element("rect", { ...box, fill: theme.panel }),
    lengthAxis(box, x.low, x.high, { label: x.label }),
    valueAxis(box, y.low, y.high, y.label),
    ...series.map((one) => drawSeries(one, panel, box, colorOf(one.label))),
  ].join("");
}

function drawSeries({ points }: Series, { x, y }: SeriesPanel, box: Box, color: string): string {
  const across = linear(x.low, x.high, box.x, box.x + box.width);
  const up = linear(y.low, y.high, box.y + box.height, box.y);
  const runs: (readonly [number, number])[][] = [[]];
  const marks: string[] = [];
  for (const point of points) {
    if (point.y === null) {
      runs.push([]);
      continue;
    }
    const at = [across(point.x), up(point.y)] as const;
    runs.at(-1)!.push(at);
    if (point.low != null && point.high != null) {
      const [top, foot] = [up(point.high), up(point.low)];
      marks.push(
        element("rect", {
          x: at[0] - 0.75,
          y: top,
          width: 1.5,
          height: foot - top,
          fill: color,
          "fill-opacity": 0.45,
        }),
      );
    }
    marks.push(element("circle", { cx: at[0], cy: at[1], r: 3, fill: color }));
  }
  const line = runs
    .filter((run) => run.length > 1)
    .map(polyline)
    .join("");
  const stroke = { fill: "none", stroke: color, "stroke-width": 1.5, "stroke-linejoin": "round" };
  return (line ? element("path", { d: line, ...stroke }) : "") + marks.join("");
}

// Calcium and spikes of some cells: one row each, stacked, best seen cell on top.
import { timeAxis } from "./axis.ts";
import { colorAt } from "./colormap.ts";
import { envelope } from "./envelope.ts";
import type { Box } from "./raster.ts";
import { element, HEADER, page, polyline, text } from "./svg.ts";
import { theme } from "./theme.ts";

export interface TraceRow {
  /** At the left: the number of the cell. */
  readonly name: string;
  /** At the right: its signal-to-noise ratio. */
  readonly note: string;
  /** One value a frame. */
  readonly trace: ArrayLike<number>;
  readonly spikeTimesS: ArrayLike<number>;
}

export interface TraceFigure {
  readonly rows: readonly TraceRow[];
  readonly fps: number;
  readonly frames: number;
  readonly title: string;
  readonly subtitle?: string;
  /** Heads of the two columns of words. */
  readonly nameHead?: string;
  readonly noteHead?: string;
}

const ROW = 30;
const WIDTH = 1040;
const LEFT = 66;
const RIGHT = 66;
// A trace may reach into the row above: peaks are rare and rows then sit closer together.
const REACH = 1.25;

/** SVG of stacked traces, each scaled to its own range, with spikes as ticks beneath. */
export function traceFigure(figure: TraceFigure): string {
  const { rows, fps, frames, nameHead = "", noteHead = "" } = figure;
  const box = { x: LEFT, y: HEADER + 22, width: WIDTH - LEFT - RIGHT, height: rows.length * ROW };
  const seconds = Math.max(frames / fps, 1e-9);
  return page(
    { ...figure, width: WIDTH, height: box.y + box.height + 52 },
    timeAxis(box, seconds, { label: "time (s)" }),
    text(box.x - 12, box.y - 10, nameHead, { anchor: "end", size: 10 }),
    text(box.x + box.width + 12, box.y - 10, noteHead, { size: 10 }),
    ...rows.map((row, index) => rowOf(row, index, figure, box)),
  );
}

function rowOf(row: TraceRow, index: number, { rows, fps, frames }: TraceFigure, box: Box): string {
  const color = colorAt("lagoon", 0.92 - 0.62 * (index / Math.max(1, rows.length - 1)));
  const base = box.y + (index + 1) * ROW - 8;
  const perFrame = box.width / Math.max(1, frames);
  const { low, high } = extremes(row.trace);
  const unit = high > low ? (ROW * REACH - 8) / (high - low) : 0;
  const points = envelope(row.trace, Math.round(box.width)).map(
    (t) => [box.x + (t + 0.5) * perFrame, base - (row.trace[t]! - low) * unit] as const,
  );
  const area =
    points.length > 1
      ? `${polyline(points)}L${points.at(-1)![0].toFixed(2)} ${base}L${points[0]![0].toFixed(2)} ${base}Z`
      : "";
  const spikes = Array.from(
    row.spikeTimesS,
    (time) => `M${(box.x + time * fps * perFrame).toFixed(2)} ${base + 2}v4`,
  ).join("");
  return [
    element("path", { d: area, fill: color, "fill-opacity": 0.12 }),
    element("path", {
      d: polyline(points),
      fill: "none",
      stroke: color,
      "stroke-width": 1.1,
      "stroke-linejoin": "round",
    }),
    element("path", {
      d: spikes,
      stroke: theme.text,
      "stroke-opacity": 0.65,
      "stroke-width": 0.8,
      fill: "none",
    }),
    text(box.x - 12, base, row.name, { anchor: "end" }),
    text(box.x + box.width + 12, base, row.note),
  ].join("");
}

function extremes(trace: ArrayLike<number>): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < trace.length; t++) {
    low = Math.min(low, trace[t]!);
    high = Math.max(high, trace[t]!);
  }
  return { low, high };
}

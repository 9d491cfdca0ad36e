// How the brain moved: both shifts over time, and the path in the plane.
import { linear, timeAxis, valueAxis } from "./axis.ts";
import { colorAt } from "./colormap.ts";
import { envelope } from "./envelope.ts";
import type { Box } from "./raster.ts";
import { element, HEADER, page, polyline, text } from "./svg.ts";
import { theme } from "./theme.ts";
import { tickLabel, ticks } from "./ticks.ts";

export interface MotionFigure {
  /** frame × 2, (dy, dx) in pixels, row-major. */
  readonly shifts: ArrayLike<number>;
  readonly pixelSizeUm: number;
  readonly fps: number;
  readonly title: string;
  readonly subtitle?: string;
}

const STRIP = { x: 84, width: 620, height: 138, gap: 22 };
const PATH_SIDE = 2 * STRIP.height + STRIP.gap;
/** Strokes of the path, each of one colour: more would not be told apart. */
const STROKES = 160;

/** SVG: dy and dx over time at the left, the path coloured by time at the right; all in µm. */
export function motionFigure(figure: MotionFigure): string {
  const { shifts, pixelSizeUm, fps } = figure;
  const frames = shifts.length / 2;
  const um = (axis: 0 | 1) =>
    Float64Array.from({ length: frames }, (_, t) => shifts[2 * t + axis]! * pixelSizeUm);
  const dy = um(0);
  const dx = um(1);
  const reach = 1.08 * Math.max(1e-3, largest(dy), largest(dx));
  const seconds = Math.max(frames / fps, 1e-9);
  const top = { x: STRIP.x, y: HEADER + 4, width: STRIP.width, height: STRIP.height };
  const bottom = { ...top, y: top.y + STRIP.height + STRIP.gap };
  const plane = { x: top.x + top.width + 84, y: top.y, width: PATH_SIDE, height: PATH_SIDE };
  return page(
    { ...figure, width: plane.x + plane.width + 96, height: top.y + PATH_SIDE + 56 },
    strip(top, dy, reach, "dy (µm)", theme.teal),
    strip(bottom, dx, reach, "dx (µm)", theme.amber),
    timeAxis(top, seconds, { bare: true }),
    timeAxis(bottom, seconds, { label: "time (s)" }),
    pathPlane(plane, dy, dx, reach),
    timeBar({ ...plane, x: plane.x + plane.width + 16, width: 10 }, seconds),
  );
}

const largest = (shift: Float64Array): number =>
  shift.reduce((found, value) => Math.max(found, Math.abs(value)), 0);

function strip(box: Box, shift: Float64Array, reach: number, label: string, color: string): string {
  const x = linear(0, shift.length, box.x, box.x + box.width);
  const y = linear(-reach, reach, box.y + box.height, box.y);
  const points = envelope(shift, box.width).map((t) => [x(t + 0.5), y(shift[t]!)] as const);
  return [
    element("rect", { ...box, fill: theme.panel }),
    valueAxis(box, -reach, reach, label),
    element("path", {
      d: polyline(points),
      fill: "none",
      stroke: color,
      "stroke-width": 1,
      "stroke-linejoin": "round",
    }),
  ].join("");
}

function pathPlane(box: Box, dy: Float64Array, dx: Float64Array, reach: number): string {
  const x = linear(-reach, reach, box.x, box.x + box.width);
  // Rows count downward in a picture, and so does dy here.
  const y = linear(-reach, reach, box.y, box.y + box.height);
  const frames = dy.length;
  const perStroke = Math.max(1, Math.ceil(frames / STROKES));
  const strokes: string[] = [];
  for (let start = 0; start < frames - 1; start += perStroke) {
    const end = Math.min(frames - 1, start + perStroke);
    const points = Array.from(
      { length: end - start + 1 },
      (_, i) => [x(dx[start + i]!), y(dy[start + i]!)] as const,
    );
    const stroke = colorAt("lagoon", start / frames);
    strokes.push(
      element("path", {
        d: polyline(points),
        fill: "none",
        stroke,
        "stroke-width": 1,
        "stroke-opacity": 0.8,
        "stroke-linejoin": "round",
      }),
    );
  }
  const values = ticks(-reach, reach, 5);
  const labels = values.map(
    (value) =>
      text(x(value), box.y + box.height + 16, tickLabel(value, values), { anchor: "middle" }) +
      text(box.x - 8, y(value) + 4, tickLabel(value, values), { anchor: "end" }),
  );
  return [
    element("rect", { ...box, fill: theme.panel }),
    element("path", {
      d: `M${box.x} ${y(0)}h${box.width}M${x(0)} ${box.y}v${box.height}`,
      stroke: theme.faint,
      "stroke-width": 1,
    }),
    ...strokes,
    ...labels,
    text(box.x + box.width / 2, box.y + box.height + 36, "dx (µm)", { anchor: "middle" }),
    text(box.x - 40, box.y + box.height / 2, "dy (µm)", { anchor: "middle", rotate: -90 }),
  ].join("");
}

function timeBar(box: Box, seconds: number): string {
  const steps = 48;
  const slice = box.height / steps;
  const slices = Array.from({ length: steps }, (_, i) =>
    element("rect", {
      x: box.x,
      y: box.y + i * slice,
      width: box.width,
      height: slice + (i < steps - 1 ? 0.5 : 0),
      fill: colorAt("lagoon", i / (steps - 1)),
    }),
  );
  return [
    ...slices,
    text(box.x + 16, box.y + 9, "0 s"),
    text(box.x + 16, box.y + box.height, `${Number(seconds.toPrecision(3))} s`),
  ].join("");
}

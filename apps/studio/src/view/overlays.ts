// What is drawn over the movie: outlines, vessels, motion, scale bar. Outlines move with the tissue.
import { colorAt } from "@minisim/figures";
import { signal } from "@preact/signals";
import type { Outlines, PlanInfo, SceneInfo } from "../engine/types.ts";
import { judged } from "../state/counted.ts";
import { outlines, scene } from "../state/live.ts";
import { outlineMode, selected, showMotion, showVessels } from "../state/view.ts";
import { drawLines, type Line } from "./lines.ts";
import type { Placement } from "./paint.ts";
import { cellColor } from "./palette.ts";
import { shiftAt } from "./pick.ts";

/** A part of the picture that is of one stage, in shares of its width. */
export interface Side {
  readonly from: number;
  readonly to: number;
  readonly moved: boolean;
}

/** What is drawn in place of the cells' outlines, in pixels of the picture: what was found by somebody. */
interface Extra {
  readonly plan: number;
  readonly lines: readonly Line[];
  /** What its colours mean. */
  readonly meanings: readonly (readonly [color: string, name: string])[];
}
export const extra = signal<Extra | null>(null);

interface Screen {
  readonly film: PlanInfo;
  readonly placement: Placement;
  readonly frame: number;
  /** Where the picture is divided, and whether the tissue has moved by the stages right and left of it. */
  readonly sides: readonly Side[];
  /** Where the picture's part of the canvas begins. */
  readonly left: number;
  /** Canvas pixels for one pixel of the page. */
  readonly ratio: number;
}

export function drawOverlays(context: CanvasRenderingContext2D, screen: Screen): void {
  const info = scene.value;
  const fresh = info?.plan === screen.film.number;
  const lines = outlines.value;
  const { film, placement, frame, sides } = screen;
  for (const side of info && fresh ? sides : []) {
    const { x, y, scale } = placement;
    const [dy, dx] = side.moved ? shiftAt(frame) : [0, 0];
    const width = film.width * scale;
    context.save();
    context.beginPath();
    context.rect(x + side.from * width, y, (side.to - side.from) * width, film.height * scale);
    context.clip();
    context.translate(x + dx * scale, y + dy * scale);
    context.scale(scale, scale);
    if (showVessels.value && info!.vessels) drawVessels(context, film, info!.vessels);
    if (extra.value?.plan === film.number)
      drawLines(context, extra.value.lines, screen.ratio / scale);
    else if (lines?.plan === info!.plan) drawOutlines(context, screen, info!, lines);
    context.restore();
  }
  const moves = sides.some(({ moved }) => moved);
  if (info && fresh && moves && showMotion.value && info.shifts)
    drawMotion(context, screen, info.shifts);
  drawScaleBar(context, screen);
}

function drawOutlines(
  context: CanvasRenderingContext2D,
  { placement: { scale }, ratio }: Screen,
  info: SceneInfo,
  lines: Outlines,
): void {
  // Paths are in pixels of the picture; the widths of their lines are not.
  context.lineJoin = "round";
  context.lineWidth = ratio / scale;
  context.globalAlpha = 0.75;
  for (const [color, path] of pathsByColor(info, lines)) {
    context.strokeStyle = color;
    context.stroke(path);
  }
  context.globalAlpha = 1;
  context.lineWidth = (2.5 * ratio) / scale;
  for (const [i, unit] of selected.value.entries()) {
    if (unit >= info.inView) continue;
    const path = new Path2D();
    trace(path, lines, unit);
    context.strokeStyle = traceColor(i);
    context.stroke(path);
  }
}

let drawnPaths: { of: Outlines; by: unknown; mode: string; paths: Map<string, Path2D> } | undefined;

/** All cells of a colour are one path, made once for a plan. */
function pathsByColor(info: SceneInfo, lines: Outlines): ReadonlyMap<string, Path2D> {
  const mode = outlineMode.value;
  const by = judged.value;
  if (drawnPaths?.of === lines && drawnPaths.by === by && drawnPaths.mode === mode)
    return drawnPaths.paths;
  const paths = new Map<string, Path2D>();
  for (let unit = 0; unit < info.inView && mode !== "off"; unit++) {
    const color = cellColor(info, unit, mode);
    const path = paths.get(color) ?? new Path2D();
    paths.set(color, path);
    trace(path, lines, unit);
  }
  drawnPaths = { of: lines, by, mode, paths };
  return paths;
}

function trace(path: Path2D, { loopsOf, starts, points }: Outlines, unit: number): void {
  for (let loop = loopsOf[unit]!; loop < loopsOf[unit + 1]!; loop++) {
    for (let i = starts[loop]!; i < starts[loop + 1]!; i++) {
      if (i === starts[loop]) path.moveTo(points[2 * i + 1]!, points[2 * i]!);
      else path.lineTo(points[2 * i + 1]!, points[2 * i]!);
    }
    path.closePath();
  }
}

/** Colours of the chosen cells, the same as of their traces. */
export const traceColor = (place: number): string =>
  ["#ffb454", "#6fd3ff", "#ff7a93", "#b79bff", "#a5dd6c"][place % 5]!;

let vesselImage: { readonly of: Float32Array; readonly canvas: HTMLCanvasElement } | undefined;

function drawVessels(
  context: CanvasRenderingContext2D,
  film: PlanInfo,
  vessels: Float32Array,
): void {
  if (vesselImage?.of !== vessels) {
    const canvas = document.createElement("canvas");
    canvas.width = film.width;
    canvas.height = film.height;
    const image = new ImageData(film.width, film.height);
    for (let i = 0; i < vessels.length; i++) {
      image.data.set([232, 84, 98, Math.round(190 * (1 - vessels[i]!))], 4 * i);
    }
    canvas.getContext("2d")!.putImageData(image, 0, 0);
    vesselImage = { of: vessels, canvas };
  }
  context.drawImage(vesselImage.canvas, 0, 0);
}

const MOTION_BOX = 64;
const TRAIL = 30;

/** The path of the last frames in a corner box, ± the largest shift. */
function drawMotion(
  context: CanvasRenderingContext2D,
  { frame, ratio, film }: Screen,
  shifts: Float64Array,
): void {
  const reach = shifts.reduce((most, shift) => Math.max(most, Math.abs(shift)), 1);
  const size = MOTION_BOX * ratio;
  const left = context.canvas.width - size - 10 * ratio;
  const top = 10 * ratio;
  context.fillStyle = "#00000080";
  context.fillRect(left, top, size, size);
  context.strokeStyle = "#ffffff40";
  context.lineWidth = ratio;
  context.strokeRect(left, top, size, size);
  const point = (t: number) =>
    [
      left + size / 2 + ((shifts[2 * t + 1]! / reach) * size) / 2.3,
      top + size / 2 + ((shifts[2 * t]! / reach) * size) / 2.3,
    ] as const;
  for (let t = Math.max(1, frame - TRAIL); t <= frame; t++) {
    context.beginPath();
    context.moveTo(...point(t - 1));
    context.lineTo(...point(t));
    context.strokeStyle = colorAt("lagoon", 1 - (frame - t) / TRAIL);
    context.globalAlpha = 1 - (frame - t) / (TRAIL + 5);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.beginPath();
  context.arc(...point(frame), 2.5 * ratio, 0, 7);
  context.fillStyle = "#fff";
  context.fill();
  context.font = `${10 * ratio}px system-ui, sans-serif`;
  context.textAlign = "right";
  context.fillStyle = "#ffffffb0";
  const range = (reach * film.pixelSizeUm).toFixed(0);
  context.fillText(`±${range} µm`, left + size - 3 * ratio, top + size - 4 * ratio);
}

const LENGTHS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

/** A round length for a scale bar, µm: at most the one that is wanted. */
export const barLength = (wanted: number): number =>
  LENGTHS.findLast((length) => length <= wanted) ?? 1;

function drawScaleBar(
  context: CanvasRenderingContext2D,
  { film, placement, ratio, left: edge }: Screen,
): void {
  const perUm = placement.scale / film.pixelSizeUm;
  const um = barLength((120 * ratio) / perUm);
  const length = um * perUm;
  const left = edge + 12 * ratio;
  const bottom = context.canvas.height - 14 * ratio;
  context.fillStyle = "#000000a0";
  context.fillRect(left - 6 * ratio, bottom - 20 * ratio, length + 12 * ratio, 28 * ratio);
  context.fillStyle = "#fff";
  context.fillRect(left, bottom, length, 3 * ratio);
  context.font = `${11 * ratio}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.fillText(`${um} µm`, left + length / 2, bottom - 5 * ratio);
}

// What is drawn over the movie: outlines, vessels, motion, scale bar. Outlines move with the tissue.
import { colorAt } from "@minisim/figures";
import { signal } from "@preact/signals";
import type { PlanInfo } from "../engine/types.ts";
import { judged } from "../state/counted.ts";
import { outlines, scene } from "../state/live.ts";
import { selected, showMotion } from "../state/view.ts";
import { drawLines, type Line } from "./lines.ts";
import type { Placement } from "./paint.ts";
import { shiftAt } from "./pick.ts";
import { drawOutlines, drawVessels, enterPicture, type Seen, traceOutline } from "./seen.ts";

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
  const { film, placement, frame, sides, ratio } = screen;
  const info = scene.value;
  const fresh = info?.plan === film.number;
  const thin = ratio / placement.scale;
  for (const side of info && fresh ? sides : []) {
    const lines = outlines.value?.plan === info!.plan ? outlines.value : null;
    const seen: Seen = { info: info!, lines, judged: judged.value };
    context.save();
    enterPicture(context, placement, film, side.moved ? shiftAt(frame) : [0, 0], side);
    drawVessels(context, film, seen);
    if (extra.value?.plan === film.number) drawLines(context, extra.value.lines, thin);
    else {
      drawOutlines(context, seen, thin);
      drawChosen(context, seen, 2.5 * thin);
    }
    context.restore();
  }
  const moves = sides.some(({ moved }) => moved);
  if (info && fresh && moves && showMotion.value && info.shifts)
    drawMotion(context, screen, info.shifts);
  drawScaleBar(context, screen);
}

function drawChosen(
  context: CanvasRenderingContext2D,
  { info, lines }: Seen,
  lineWidth: number,
): void {
  context.lineWidth = lineWidth;
  for (const [i, unit] of selected.value.entries()) {
    if (!lines || unit >= info.inView) continue;
    const path = new Path2D();
    traceOutline(path, lines, unit);
    context.strokeStyle = traceColor(i);
    context.stroke(path);
  }
}

/** Colours of the chosen cells, the same as of their traces. */
export const traceColor = (place: number): string =>
  ["#ffb454", "#6fd3ff", "#ff7a93", "#b79bff", "#a5dd6c"][place % 5]!;

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

// What is known of the cells and vessels of a picture, drawn over it: of the draft's, and of what is pinned beside it.
import type { Census } from "../engine/census.ts";
import type { Outlines, SceneInfo } from "../engine/types.ts";
import { outlineMode, showVessels } from "../state/view.ts";
import type { Placement } from "./paint.ts";
import { cellColor } from "./palette.ts";

export interface Seen {
  readonly info: SceneInfo;
  readonly lines: Outlines | null;
  /** Who of them can be found; null until they are counted. */
  readonly judged: Census | null;
}

/** Brings the context into pixels of a picture whose tissue has moved by (dy, dx) px, and no further than its sides. */
export function enterPicture(
  context: CanvasRenderingContext2D,
  { x, y, scale }: Placement,
  { height, width }: { readonly height: number; readonly width: number },
  [dy, dx]: readonly [number, number],
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: 1 },
): void {
  context.beginPath();
  context.rect(x + from * width * scale, y, (to - from) * width * scale, height * scale);
  context.clip();
  context.translate(x + dx * scale, y + dy * scale);
  context.scale(scale, scale);
}

/** `thin`: the width of a line that is one pixel wide on the page. */
export function drawOutlines(context: CanvasRenderingContext2D, seen: Seen, thin: number): void {
  if (!seen.lines) return;
  // Paths are in pixels of the picture; the widths of their lines are not.
  context.lineJoin = "round";
  context.lineWidth = thin;
  context.globalAlpha = 0.75;
  for (const [color, path] of pathsByColor(seen, seen.lines)) {
    context.strokeStyle = color;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

interface Paths {
  readonly judged: Census | null;
  readonly mode: string;
  readonly paths: Map<string, Path2D>;
}
const drawnPaths = new WeakMap<Outlines, Paths>();

/** All cells of a colour are one path, made once for a plan. */
function pathsByColor({ info, judged }: Seen, lines: Outlines): ReadonlyMap<string, Path2D> {
  const mode = outlineMode.value;
  const known = drawnPaths.get(lines);
  if (known?.judged === judged && known.mode === mode) return known.paths;
  const paths = new Map<string, Path2D>();
  for (let unit = 0; unit < info.inView && mode !== "off"; unit++) {
    const color = cellColor(info, judged, unit, mode);
    const path = paths.get(color) ?? new Path2D();
    paths.set(color, path);
    traceOutline(path, lines, unit);
  }
  drawnPaths.set(lines, { judged, mode, paths });
  return paths;
}

export function traceOutline(
  path: Path2D,
  { loopsOf, starts, points }: Outlines,
  unit: number,
): void {
  for (let loop = loopsOf[unit]!; loop < loopsOf[unit + 1]!; loop++) {
    for (let i = starts[loop]!; i < starts[loop + 1]!; i++) {
      if (i === starts[loop]) path.moveTo(points[2 * i + 1]!, points[2 * i]!);
      else path.lineTo(points[2 * i + 1]!, points[2 * i]!);
    }
    path.closePath();
  }
}

const vesselImages = new WeakMap<Float32Array, HTMLCanvasElement>();

export function drawVessels(
  context: CanvasRenderingContext2D,
  { height, width }: { readonly height: number; readonly width: number },
  { info: { vessels } }: Seen,
): void {
  if (!showVessels.value || !vessels) return;
  let canvas = vesselImages.get(vessels);
  if (!canvas) {
    canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const image = new ImageData(width, height);
    for (let i = 0; i < vessels.length; i++) {
      image.data.set([232, 84, 98, Math.round(190 * (1 - vessels[i]!))], 4 * i);
    }
    canvas.getContext("2d")!.putImageData(image, 0, 0);
    vesselImages.set(vessels, canvas);
  }
  context.drawImage(canvas, 0, 0);
}

/** (dy, dx) px of the tissue at a frame. */
export function shiftOf(info: SceneInfo | null, frame: number): readonly [number, number] {
  const shifts = info?.shifts;
  return shifts ? [shifts[2 * frame] ?? 0, shifts[2 * frame + 1] ?? 0] : [0, 0];
}

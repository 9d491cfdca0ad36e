// The picture as a drawing: the frame as pixels, outlines as lines, with a scale bar, what the colours mean, and what it is of.
import { DETECTABLE_SNR } from "@minisim/sensor";
import type { Outlines, PlanInfo } from "../engine/types.ts";
import { judged } from "../state/counted.ts";
import type { Frame } from "../state/frames.ts";
import { cacheKey, outlines, plan, scene } from "../state/live.ts";
import { outlineMode, palette, selected } from "../state/view.ts";
import { rangeOf } from "../view/contrast.ts";
import type { Line } from "../view/lines.ts";
import { barLength, extra, traceColor } from "../view/overlays.ts";
import { Raster } from "../view/paint.ts";
import { cellColor, DETECTABLE, depthSpan, HIDDEN } from "../view/palette.ts";
import { shiftAt } from "../view/pick.ts";
import { hasMoved, shownFrame } from "../view/screen.ts";
import { stageLabel } from "../view/stage-rail.tsx";

/** All of the frame that is shown, whatever the zoom; undefined where none is. */
export function pictureSvg(): string | undefined {
  const [film, frame] = [plan.value, shownFrame.value];
  if (!film || frame?.plan !== film.number) return undefined;
  const { height, width } = film;
  // Sizes of text and lines are those of a picture that is printed 10 cm wide.
  const unit = width / 100;
  const below = height + 3 * unit;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height + 13 * unit}" font-family="system-ui, sans-serif" font-size="${2.6 * unit}">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<image width="${width}" height="${height}" style="image-rendering:pixelated" href="${pixels(film, frame)}"/>`,
    drawnOver(film, frame, unit),
    scaleBar(film, unit),
    `</svg>`,
    `<text x="${unit}" y="${below}" id="caption">${escaped(caption(film, frame))}</text>`,
    legend(below + 4 * unit, unit),
    `</svg>\n`,
  ].join("");
}

function pixels({ height, width }: PlanInfo, frame: Frame): string {
  const raster = new Raster();
  raster.paint(frame.data, height, width, rangeOf(frame), palette.value);
  return raster.canvas.toDataURL("image/png");
}

/** What is drawn over the picture: cells in the colours of now, or what somebody found. */
function drawnOver(film: PlanInfo, frame: Frame, unit: number): string {
  const lines = [...(extra.value?.plan === film.number ? extra.value.lines : cellLines(film))];
  const [dy, dx] = hasMoved(frame.stage) ? shiftAt(frame.number) : [0, 0];
  const paths = lines.map(({ color, dashed, loops }) => {
    const dash = dashed ? ` stroke-dasharray="${unit} ${unit}"` : "";
    return `<path d="${loops.map(loopText).join("")}" stroke="${color}"${dash}/>`;
  });
  return `<g id="outlines" transform="translate(${dx} ${dy})" fill="none" stroke-width="${0.3 * unit}" stroke-linejoin="round">${paths.join("")}</g>`;
}

function cellLines({ number }: PlanInfo): Line[] {
  const [info, lines, mode] = [scene.value, outlines.value, outlineMode.value];
  if (info?.plan !== number || lines?.plan !== number) return [];
  const line = (cell: number, color: string) => ({
    color,
    dashed: false,
    loops: loopsOf(lines, cell),
  });
  const cells = Array.from({ length: mode === "off" ? 0 : info.inView }, (_, cell) =>
    line(cell, cellColor(info, judged.value, cell, mode as Exclude<typeof mode, "off">)),
  );
  const chosen = selected.value.filter((cell) => cell < info.inView);
  return [...cells, ...chosen.map((cell, i) => line(cell, traceColor(i)))];
}

const loopsOf = ({ loopsOf: first, starts, points }: Outlines, cell: number): Float32Array[] =>
  Array.from({ length: first[cell + 1]! - first[cell]! }, (_, k) => {
    const loop = first[cell]! + k;
    return points.slice(2 * starts[loop]!, 2 * starts[loop + 1]!) as Float32Array;
  });

function loopText(loop: Float32Array): string {
  let text = "";
  for (let i = 0; i < loop.length; i += 2)
    text += `${i === 0 ? "M" : "L"}${loop[i + 1]!.toFixed(2)} ${loop[i]!.toFixed(2)}`;
  return `${text}Z`;
}

function scaleBar({ height, pixelSizeUm, width }: PlanInfo, unit: number): string {
  const um = barLength((width * pixelSizeUm) / 4);
  const y = height - 3 * unit;
  const text = `<text x="${2 * unit}" y="${y - unit}" fill="#fff">${um} µm</text>`;
  return `<rect x="${2 * unit}" y="${y}" width="${um / pixelSizeUm}" height="${0.7 * unit}" fill="#fff"/>${text}`;
}

function caption({ fps, height, width, pixelSizeUm }: PlanInfo, frame: Frame): string {
  const side = (px: number) => (px * pixelSizeUm).toFixed(0);
  return `${stageLabel(frame.stage)}, ${(frame.number / fps).toFixed(2)} s, ${side(width)} × ${side(height)} µm, spec ${cacheKey.value}`;
}

function legend(y: number, unit: number): string {
  return meanings()
    .map(([color, name], i) => {
      const x = unit * (1 + 22 * (i % 4));
      const row = y + 3.5 * unit * Math.floor(i / 4);
      const box = `<rect x="${x}" y="${row - 2 * unit}" width="${2 * unit}" height="${2 * unit}" fill="none" stroke="${color}" stroke-width="${0.4 * unit}"/>`;
      return `${box}<text x="${x + 3 * unit}" y="${row}">${name}</text>`;
    })
    .join("");
}

/** Of colours that are few; a scale of many is told in words. */
function meanings(): readonly (readonly [color: string, name: string])[] {
  if (extra.value?.plan === plan.value?.number) return extra.value!.meanings;
  const mode = outlineMode.value;
  if (mode === "detectable") {
    return [
      [DETECTABLE, "detectable"],
      [HIDDEN, "not detectable"],
    ];
  }
  if (mode === "snr") {
    return [
      ["#888888", `dark to light: SNR ${(DETECTABLE_SNR / 3).toFixed(1)} to ${3 * DETECTABLE_SNR}`],
    ];
  }
  if (mode === "off" || !scene.value) return [];
  const [top, bottom] = depthSpan(scene.value);
  return [["#888888", `dark to light: depth ${top.toFixed(0)} to ${bottom.toFixed(0)} µm`]];
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

// Which cell is meant by a click: the smallest outline around the point, else the nearest centre within reach.
import { outlines, plan, scene } from "../state/live.ts";
import { shiftOf } from "./seen.ts";

/** Point in pixels of the picture; `frame` where the tissue has moved by then. */
export function pickUnit(y: number, x: number, frame: number | null): number | undefined {
  const lines = outlines.value;
  const info = scene.value;
  const film = plan.value;
  if (!lines || !info || !film || lines.plan !== film.number) return undefined;
  const [dy, dx] = frame === null ? [0, 0] : shiftAt(frame);
  let best: { readonly unit: number; readonly size: number } | undefined;
  for (let unit = 0; unit < info.inView; unit++) {
    for (let loop = lines.loopsOf[unit]!; loop < lines.loopsOf[unit + 1]!; loop++) {
      const size = sizeAround(
        lines.points,
        lines.starts[loop]!,
        lines.starts[loop + 1]!,
        y - dy,
        x - dx,
      );
      if (size > 0 && (!best || size < best.size)) best = { unit, size };
    }
  }
  return best?.unit;
}

/** (dy, dx) px of the draft's tissue at a frame. */
export const shiftAt = (frame: number): readonly [number, number] => shiftOf(scene.value, frame);

/** Area of a closed outline that holds the point; 0 for one that does not. */
function sizeAround(
  points: Float32Array,
  start: number,
  end: number,
  y: number,
  x: number,
): number {
  let inside = false;
  let area = 0;
  for (let i = start, j = end - 1; i < end; j = i++) {
    const [yi, xi] = [points[2 * i]!, points[2 * i + 1]!];
    const [yj, xj] = [points[2 * j]!, points[2 * j + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    area += xj * yi - xi * yj;
  }
  return inside ? Math.abs(area) / 2 : 0;
}

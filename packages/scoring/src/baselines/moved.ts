// Images moved by a fraction of a pixel, as the renderer moves them: out[y, x] = in(y − dy, x − dx), bilinear.
import type { Canvas, PixelRectangle } from "@minisim/footprint";

export interface Rectangle extends PixelRectangle {
  readonly data: Float64Array;
}

/** A rectangle with a border of zeros, of which interpolation always finds four neighbours. */
export interface Padded extends Rectangle {
  readonly padded: true;
}

export function padded({ row, col, height, width, data }: Rectangle): Padded {
  const stride = width + 2;
  const grown = new Float64Array((height + 2) * stride);
  for (let y = 0; y < height; y++) {
    grown.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  }
  return {
    row: row - 1,
    col: col - 1,
    height: height + 2,
    width: stride,
    data: grown,
    padded: true,
  };
}

/** The part of a moved patch that falls into the window, in a new rectangle; 0 × 0 where nothing does. */
export function movedPatch(source: Padded, dy: number, dx: number, window: Canvas): Rectangle {
  const rows = axis(source.row, source.height, dy, window.height);
  const cols = axis(source.col, source.width, dx, window.width);
  if (rows.count === 0 || cols.count === 0) {
    return { row: 0, col: 0, height: 0, width: 0, data: new Float64Array(0) };
  }
  const data = new Float64Array(rows.count * cols.count);
  for (let y = 0; y < rows.count; y++) {
    const upper = (rows.from + y) * source.width + cols.from;
    const lower = upper + source.width;
    for (let x = 0; x < cols.count; x++) {
      const above = mix(source.data[upper + x]!, source.data[upper + x + 1]!, cols.fraction);
      const below = mix(source.data[lower + x]!, source.data[lower + x + 1]!, cols.fraction);
      data[y * cols.count + x] = mix(above, below, rows.fraction);
    }
  }
  return { row: rows.first, col: cols.first, height: rows.count, width: cols.count, data };
}

/** How far every pixel of a window lies from where its light comes from, (dy, dx), and the bounds of both. */
export interface Displaced {
  readonly down: Float64Array;
  readonly right: Float64Array;
  readonly reach: number;
}

/** The part of a displaced patch that falls into the window: out[y, x] = in(y − dy(y, x), x − dx(y, x)), bilinear. */
export function displacedPatch(
  source: Padded,
  { down, right, reach }: Displaced,
  window: Canvas,
): Rectangle {
  const far = Math.ceil(reach);
  const row = Math.max(0, source.row - far);
  const col = Math.max(0, source.col - far);
  const height = Math.max(0, Math.min(window.height, source.row + source.height + far) - row);
  const width = Math.max(0, Math.min(window.width, source.col + source.width + far) - col);
  const data = new Float64Array(height * width);
  for (let i = 0; i < data.length; i++) {
    const [y, x] = [row + Math.floor(i / width), col + (i % width)];
    const at = y * window.width + x;
    data[i] = valueAt(source, y - down[at]! - source.row, x - right[at]! - source.col);
  }
  return { row, col, height, width, data };
}

/** Of a padded rectangle, at a place counted from its first pixel. */
function valueAt({ height, width, data }: Padded, y: number, x: number): number {
  const [row, col] = [Math.floor(y), Math.floor(x)];
  if (row < 0 || row + 1 >= height || col < 0 || col + 1 >= width) return 0;
  const at = row * width + col;
  const above = mix(data[at]!, data[at + 1]!, x - col);
  const below = mix(data[at + width]!, data[at + width + 1]!, x - col);
  return mix(above, below, y - row);
}

interface Axis {
  /** First pixel of the window that the patch lights, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** The source's index of the first one's nearer neighbour, and the weight of the next. */
  readonly from: number;
  readonly fraction: number;
}

/** Pixel y takes from source(y − shift): of ⌊y − shift⌋ and the next. */
function axis(start: number, length: number, shift: number, size: number): Axis {
  const whole = Math.floor(-shift);
  // Indices whole + y and whole + y + 1, minus start, lie in [0, length).
  const first = Math.max(start - whole, 0);
  const end = Math.min(start - whole + length - 1, size);
  return {
    first,
    count: Math.max(end - first, 0),
    from: whole + first - start,
    fraction: -shift - whole,
  };
}

const mix = (from: number, to: number, fraction: number): number =>
  (1 - fraction) * from + fraction * to;

// Whole images moved by fractions of a pixel, as the renderer moves them, bilinear; and the transpose of that, which takes what a pixel of
// the frame holds back to the four that its light came from.
import { boxOf, type Canvas, intersect, type PixelRectangle } from "@minisim/footprint";
import { area } from "@minisim/pipeline";
import { NUMBER_BYTES, type Space } from "./space.ts";

export interface Rectangle extends PixelRectangle {
  readonly data: Float64Array;
}

/** An image without light. */
export const NOTHING: Rectangle = {
  row: 0,
  col: 0,
  height: 0,
  width: 0,
  data: new Float64Array(0),
};

/** The part of a patch on a canvas that lies in a window this far from the canvas' edges, there. */
export function cropped(patch: Rectangle, window: Canvas, margin: number): Rectangle {
  const shared = intersect(boxOf(patch), { top: margin, left: margin, ...window });
  if (!shared) return NOTHING;
  const { top, left, height, width } = shared;
  const data = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const from = (top - patch.row + y) * patch.width + left - patch.col;
    data.set(patch.data.subarray(from, from + width), y * width);
  }
  return { row: top - margin, col: left - margin, height, width, data };
}

/** A linear map from a canvas with a border of zeros, of which interpolation always finds four neighbours, to a frame. Both are addresses in a space. */
export interface Move {
  /** Adds to the frame what it sees of the canvas. */
  there(canvas: number, frame: number): void;
  /** The transpose: every pixel of the canvas is written; those of its border are of no meaning. */
  back(frame: number, canvas: number): void;
}

/** How the tissue of a frame lies: a shift (down, right) of all pixels in pixels of the canvas, or one of each pixel of the frame. */
export type Motion =
  | { readonly dy: number; readonly dx: number }
  | { readonly down: Float64Array; readonly right: Float64Array };

/** The size of a canvas with its border. */
export const bordered = ({ height, width }: Canvas): Canvas => ({
  height: height + 2,
  width: width + 2,
});

/** Moves of canvases of one size to frames of another, which end in a field over the frame: out[y, x] = shade[y, x] · in(y − dy, x − dx), bilinear. */
export function createMover(
  space: Space,
  canvas: Canvas,
  window: Canvas,
  shade: Float64Array,
): (motion: Motion) => Move {
  const shadeAt = space.take(area(window) * NUMBER_BYTES);
  space.numbers(shadeAt, area(window)).set(shade);
  const scratch = space.take(area(bordered(window)) * NUMBER_BYTES);
  return (motion) =>
    "dy" in motion
      ? shifted(space, canvas, window, { shadeAt, scratch }, motion.dy, motion.dx)
      : displaced(space, canvas, window, shadeAt, motion.down, motion.right);
}

/** One shift for all pixels. */
function shifted(
  { code, numbers }: Space,
  canvas: Canvas,
  window: Canvas,
  { shadeAt, scratch }: { readonly shadeAt: number; readonly scratch: number },
  dy: number,
  dx: number,
): Move {
  const stride = (canvas.width + 2) * NUMBER_BYTES;
  const frameStride = window.width * NUMBER_BYTES;
  const rows = axis(canvas.height, dy, window.height);
  const cols = axis(canvas.width, dx, window.width);
  const { count: height, fraction: v } = rows;
  const { count: width, fraction: u } = cols;
  const seen = height > 0 && width > 0;
  /** Of the first pixel that light falls on: how far into the canvas, and into the frame. */
  const into = rows.from * stride + cols.from * NUMBER_BYTES;
  const onto = rows.first * frameStride + cols.first * NUMBER_BYTES;
  return {
    there(from, to) {
      if (!seen) return;
      code.there(from + into, stride, shadeAt + onto, to + onto, frameStride, height, width, v, u);
    },
    back(from, to) {
      numbers(to, area(bordered(canvas))).fill(0);
      if (!seen) return;
      const [field, first] = [shadeAt + onto, from + onto];
      code.back(to + into, stride, field, first, frameStride, height, width, v, u, scratch);
    },
  };
}

interface Axis {
  /** First pixel of the window that the canvas lights, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** The bordered canvas' index of the first one's nearer neighbour, and the weight of the next. */
  readonly from: number;
  readonly fraction: number;
}

/** Pixel y takes from canvas(y − shift): of ⌊y − shift⌋ and the next. */
function axis(length: number, shift: number, size: number): Axis {
  const whole = Math.floor(-shift);
  // Indices whole + y and whole + y + 1 lie in [−1, length].
  const first = Math.max(-1 - whole, 0);
  const end = Math.min(length - whole, size);
  return {
    first,
    count: Math.max(end - first, 0),
    from: whole + first + 1,
    fraction: -shift - whole,
  };
}

/** A shift (down, right) of its own for every pixel of the frame. */
function displaced(
  { numbers }: Space,
  canvas: Canvas,
  window: Canvas,
  shadeAt: number,
  down: Float64Array,
  right: Float64Array,
): Move {
  const plane = bordered(canvas);
  const { height, width } = plane;
  const pixels = area(window);
  // Of every pixel the first of its four, or −1 where its light comes from outside, and the weights of the next row and column.
  const at = new Int32Array(pixels);
  const below = new Float64Array(pixels);
  const beside = new Float64Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const y = Math.floor(pixel / window.width) - down[pixel]! + 1;
    const x = (pixel % window.width) - right[pixel]! + 1;
    const [row, col] = [Math.floor(y), Math.floor(x)];
    const inside = row >= 0 && row + 1 < height && col >= 0 && col + 1 < width;
    at[pixel] = inside ? row * width + col : -1;
    below[pixel] = y - row;
    beside[pixel] = x - col;
  }
  return {
    there(from, to) {
      const light = numbers(from, area(plane));
      const frame = numbers(to, pixels);
      const shade = numbers(shadeAt, pixels);
      for (let pixel = 0; pixel < pixels; pixel++) {
        const k = at[pixel]!;
        if (k < 0) continue;
        const v = below[pixel]!;
        const u = beside[pixel]!;
        const seen =
          (1 - v) * ((1 - u) * light[k]! + u * light[k + 1]!) +
          v * ((1 - u) * light[k + width]! + u * light[k + width + 1]!);
        frame[pixel]! += seen * shade[pixel]!;
      }
    },
    back(from, to) {
      const light = numbers(to, area(plane)).fill(0);
      const frame = numbers(from, pixels);
      const shade = numbers(shadeAt, pixels);
      for (let pixel = 0; pixel < pixels; pixel++) {
        const k = at[pixel]!;
        if (k < 0) continue;
        const value = frame[pixel]! * shade[pixel]!;
        const v = below[pixel]!;
        const u = beside[pixel]!;
        light[k]! += (1 - v) * (1 - u) * value;
        light[k + 1]! += (1 - v) * u * value;
        light[k + width]! += v * (1 - u) * value;
        light[k + width + 1]! += v * u * value;
      }
    },
  };
}

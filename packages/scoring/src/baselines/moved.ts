// Whole images moved by fractions of a pixel, as the renderer moves them: out[y, x] = in(y − dy, x − dx), bilinear; and the transpose of that,
// which takes what a pixel of the window holds back to the four that its light came from.
import { boxOf, type Canvas, intersect, type PixelRectangle } from "@minisim/footprint";

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

/** A linear map from a canvas with a border of zeros, of which interpolation always finds four neighbours, to a window. */
export interface Move {
  /** Every pixel of the window is written. */
  there(canvas: Float64Array, window: Float64Array): void;
  /** The transpose: every pixel of the canvas is written; those of its border are of no meaning. */
  back(window: Float64Array, canvas: Float64Array): void;
}

/** The size of a canvas with its border. */
export const bordered = ({ height, width }: Canvas): Canvas => ({
  height: height + 2,
  width: width + 2,
});

/** One shift for all pixels. */
export function shifted(canvas: Canvas, window: Canvas, dy: number, dx: number): Move {
  const stride = canvas.width + 2;
  const rows = axis(canvas.height, dy, window.height);
  const cols = axis(canvas.width, dx, window.width);
  const [lower, right] = [rows.fraction, cols.fraction];
  const [upper, left] = [1 - lower, 1 - right];
  /** Where a row begins, in the window and in the canvas. */
  const starts = (y: number): [number, number] => [
    (rows.first + y) * window.width + cols.first,
    (rows.from + y) * stride + cols.from,
  ];
  return {
    there(light, target) {
      target.fill(0);
      for (let y = 0; y < rows.count; y++) {
        const [to, from] = starts(y);
        for (let x = 0; x < cols.count; x++) {
          const at = from + x;
          const below = at + stride;
          target[to + x] =
            upper * (left * light[at]! + right * light[at + 1]!) +
            lower * (left * light[below]! + right * light[below + 1]!);
        }
      }
    },
    back(light, target) {
      target.fill(0);
      for (let y = 0; y < rows.count; y++) {
        const [from, to] = starts(y);
        for (let x = 0; x < cols.count; x++) {
          const value = light[from + x]!;
          const at = to + x;
          const below = at + stride;
          target[at]! += upper * left * value;
          target[at + 1]! += upper * right * value;
          target[below]! += lower * left * value;
          target[below + 1]! += lower * right * value;
        }
      }
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

/** A shift (down, right) of its own for every pixel of the window. */
export function displaced(
  canvas: Canvas,
  window: Canvas,
  down: Float64Array,
  right: Float64Array,
): Move {
  const { height, width } = bordered(canvas);
  const pixels = window.height * window.width;
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
    there(light, target) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        const k = at[pixel]!;
        if (k < 0) {
          target[pixel] = 0;
          continue;
        }
        const [v, u] = [below[pixel]!, beside[pixel]!];
        target[pixel] =
          (1 - v) * ((1 - u) * light[k]! + u * light[k + 1]!) +
          v * ((1 - u) * light[k + width]! + u * light[k + width + 1]!);
      }
    },
    back(light, target) {
      target.fill(0);
      for (let pixel = 0; pixel < pixels; pixel++) {
        const k = at[pixel]!;
        if (k < 0) continue;
        const value = light[pixel]!;
        const [v, u] = [below[pixel]!, beside[pixel]!];
        target[k]! += (1 - v) * (1 - u) * value;
        target[k + 1]! += (1 - v) * u * value;
        target[k + width]! += v * (1 - u) * value;
        target[k + width + 1]! += v * u * value;
      }
    },
  };
}

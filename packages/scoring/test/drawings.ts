// The same cells as tools of different habits would draw them: tight, wide, flat, in part, elsewhere.
import { type Canvas, type Footprint, FootprintStack } from "@minisim/footprint";
import { energyMask } from "@minisim/scoring";

/** Every footprint redrawn. */
export const redrawn = (
  stack: FootprintStack,
  draw: (footprint: Footprint, index: number) => Footprint,
): FootprintStack =>
  FootprintStack.from(
    Array.from({ length: stack.length }, (_, i) => draw(stack.at(i), i)),
    stack.canvas,
  );

/** Weights below a share of the peak become 0. */
export const cutAt = (share: number) => (footprint: Footprint) => {
  const peak = peakOf(footprint);
  return weighted(footprint, (weight) => (weight >= share * peak ? weight : 0));
};

/** 1 from a share of the peak on. */
export const flatFrom = (share: number) => (footprint: Footprint) =>
  weighted(cutAt(share)(footprint), (weight) => (weight > 0 ? 1 : 0));

/** The fewest pixels that hold 90 % of the light, as 1. */
export function energyMasked(stack: FootprintStack): FootprintStack {
  const { height, width } = stack.canvas;
  const images = new Float32Array(stack.length * height * width);
  for (let i = 0; i < stack.length; i++) {
    for (const pixel of energyMask(stack, i).pixels) images[i * height * width + pixel] = 1;
  }
  return FootprintStack.fromDense(images, stack.canvas);
}

/** A Gaussian in the footprint's place, `factor` times as wide, drawn out to 4 of its σ. */
export const gaussian = (factor: number, canvas: Canvas) => (footprint: Footprint) => {
  const { y, x, sigma } = momentsOf(footprint);
  const wide = factor * sigma;
  return disc(canvas, y, x, 4 * wide, (d2) => Math.exp(-d2 / (2 * wide * wide)));
};

/** A flat disc in its place, `factor` of its σ in radius. */
export const flatDisc = (factor: number, canvas: Canvas) => (footprint: Footprint) => {
  const { y, x, sigma } = momentsOf(footprint);
  return disc(canvas, y, x, factor * sigma, () => 1);
};

/** The rows of a footprint above its centroid, or those below. */
export const half = (side: "upper" | "lower") => (footprint: Footprint) => {
  const { y } = momentsOf(footprint);
  return weighted(footprint, (weight, row) => ((side === "upper") === row <= y ? weight : 0));
};

/** Light of several as one. */
export function merged(stack: FootprintStack, members: readonly number[]): Footprint {
  const { height, width } = stack.canvas;
  const data = new Float32Array(height * width);
  const images = stack.select(members).toDense();
  for (let k = 0; k < images.length; k++) data[k % data.length]! += images[k]!;
  return { row: 0, col: 0, height, width, data };
}

/** Moved by whole pixels; light that leaves the canvas is lost. */
export const movedBy = (stack: FootprintStack, dy: number, dx: number): FootprintStack =>
  stack.crop({ top: -dy, left: -dx, ...stack.canvas });

/** A round Gaussian of a given σ, px. */
export const blob = (canvas: Canvas, y: number, x: number, sigma: number): Footprint =>
  disc(canvas, y, x, 4 * sigma, (d2) => Math.exp(-d2 / (2 * sigma * sigma)));

export function momentsOf(footprint: Footprint): { y: number; x: number; sigma: number } {
  let [total, y, x, second] = [0, 0, 0, 0];
  each(footprint, (weight, row, col) => {
    total += weight;
    y += weight * row;
    x += weight * col;
  });
  [y, x] = [y / total, x / total];
  each(footprint, (weight, row, col) => {
    second += weight * ((row - y) ** 2 + (col - x) ** 2);
  });
  return { y, x, sigma: Math.sqrt(second / total / 2) };
}

const peakOf = ({ data }: Footprint): number => data.reduce((most, w) => Math.max(most, w), 0);

function weighted(
  footprint: Footprint,
  change: (weight: number, row: number) => number,
): Footprint {
  const { row, width } = footprint;
  const data = footprint.data.map((weight, k) => change(weight, row + Math.floor(k / width)));
  return { ...footprint, data };
}

function each(
  { row, col, width, data }: Footprint,
  visit: (weight: number, row: number, col: number) => void,
): void {
  for (const [k, weight] of data.entries()) {
    visit(weight, row + Math.floor(k / width), col + (k % width));
  }
}

function disc(
  canvas: Canvas,
  y: number,
  x: number,
  radius: number,
  weight: (d2: number) => number,
): Footprint {
  const [top, bottom] = [
    Math.max(0, Math.floor(y - radius)),
    Math.min(canvas.height, Math.ceil(y + radius + 1)),
  ];
  const [left, right] = [
    Math.max(0, Math.floor(x - radius)),
    Math.min(canvas.width, Math.ceil(x + radius + 1)),
  ];
  const shape = { height: bottom - top, width: right - left };
  const data = new Float32Array(shape.height * shape.width);
  for (let k = 0; k < data.length; k++) {
    const d2 = (top + Math.floor(k / shape.width) - y) ** 2 + (left + (k % shape.width) - x) ** 2;
    if (d2 <= radius * radius) data[k] = weight(d2);
  }
  return { row: top, col: left, ...shape, data };
}

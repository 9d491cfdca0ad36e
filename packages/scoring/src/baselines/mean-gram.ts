// Inner products of the images of all unknowns as they are on average over a recording: exactly those of every frame where nothing moves, and
// near those of each frame where something does.
import { type Canvas, innerProduct, meet } from "@minisim/footprint";
import { area, rowOf } from "@minisim/pipeline";
import { type SparseGram, sparseGram } from "./gram.ts";
import type { Light, Part } from "./light.ts";
import { bordered, createMover, NOTHING, type Rectangle } from "./moved.ts";
import type { Path } from "./path.ts";
import { createSpace, NUMBER_BYTES } from "./space.ts";

export interface MeanImages {
  readonly gram: SparseGram;
  /** Where each unknown's light lies, on the canvas or the field of view. */
  readonly places: readonly Rectangle[];
}

/**
 * Two images that move together have the product ∫ v a b, where v is how much of a canvas pixel's light, squared, arrives: on average over the
 * frames. That their interpolation blurs them is left out.
 */
export function meanImages(light: Light): MeanImages {
  const unknowns = light.cells + light.backgroundNames.length;
  const moved = imagesOf(light.moved, unknowns);
  const unmoved = imagesOf(light.unmoved, unknowns);
  const seen = light.moved.length > 0 ? seenFromCanvas(light, unmoved) : null;
  const weighted = moved.map((image) => image && seen && times(image, seen.light));
  const places = moved.map((image, i) => image ?? unmoved[i] ?? NOTHING);

  const product = (i: number, j: number): number => {
    const [a, b] = [moved[i], moved[j]];
    if (a && b) return shared(a, weighted[j]!);
    if (a) return shared(a, seen!.images[j]);
    if (b) return shared(b, seen!.images[i]);
    return shared(unmoved[i], unmoved[j]);
  };
  return { gram: sparseGram(unknowns, product), places };
}

const shared = (a: Rectangle | undefined, b: Rectangle | undefined): number =>
  a && b && meet(a, b) ? innerProduct(a, b) : 0;

/** The image of each unknown, of its parts with their mean shares; none where it has none here. */
function imagesOf(parts: readonly Part[], unknowns: number): (Rectangle | undefined)[] {
  const images = new Array<Rectangle | undefined>(unknowns).fill(undefined);
  for (const { unknown, image, share } of parts) {
    const part = share ? scaled(image, meanShare(share)) : image;
    const before = images[unknown];
    images[unknown] = before ? sum(before, part) : part;
  }
  return images;
}

const scaled = (image: Rectangle, by: number): Rectangle => ({
  ...image,
  data: image.data.map((value) => by * value),
});

function meanShare({ of, row }: NonNullable<Part["share"]>): number {
  const shares = rowOf(of, row);
  return shares.reduce((so, share) => so + share, 0) / Math.max(1, shares.length);
}

/** Of two images that may lie beside each other. */
function sum(a: Rectangle, b: Rectangle): Rectangle {
  const row = Math.min(a.row, b.row);
  const col = Math.min(a.col, b.col);
  const height = Math.max(a.row + a.height, b.row + b.height) - row;
  const width = Math.max(a.col + a.width, b.col + b.width) - col;
  const data = new Float64Array(height * width);
  for (const part of [a, b]) {
    for (let y = 0; y < part.height; y++) {
      const at = (part.row - row + y) * width + part.col - col;
      for (let x = 0; x < part.width; x++) data[at + x]! += part.data[y * part.width + x]!;
    }
  }
  return { row, col, height, width, data };
}

/** An image times the values of another one that it lies within. */
function times(image: Rectangle, by: Rectangle): Rectangle {
  const data = image.data.map((value, k) => {
    const row = image.row + Math.floor(k / image.width) - by.row;
    return value * by.data[row * by.width + image.col + (k % image.width) - by.col]!;
  });
  return { ...image, data };
}

/**
 * On the canvas, on average over the frames: the light, squared, that arrives of each pixel, and the images that do not move. One frame stands
 * for all whose shift is the same to a pixel, so that a sliver of a cell that only others show may be left out.
 */
function seenFromCanvas(
  { canvas, fov, shade, path, n_frames }: Light,
  unmoved: readonly (Rectangle | undefined)[],
) {
  const plane = bordered(canvas);
  const space = createSpace();
  const moving = createMover(space, canvas, fov, shade);
  const frameAt = space.take(area(fov) * NUMBER_BYTES);
  const backAt = space.take(area(plane) * NUMBER_BYTES);
  const meanOf = (frame: Float64Array) => ({ frame, data: new Float64Array(area(plane)) });
  const light = meanOf(shade);
  const images = unmoved.map((image) => image && meanOf(onSensor(image, fov)));
  const all = [light, ...images.filter((one) => one !== undefined)];
  for (const { t, share } of framesApart(path, n_frames)) {
    const move = moving(path.motionAt(t));
    for (const { frame, data } of all) {
      space.numbers(frameAt, frame.length).set(frame);
      move.back(frameAt, backAt);
      const back = space.numbers(backAt, data.length);
      for (let k = 0; k < data.length; k++) data[k]! += share * back[k]!;
    }
  }
  const onCanvas = (data: Float64Array): Rectangle => ({ row: -1, col: -1, ...plane, data });
  return { light: onCanvas(light.data), images: images.map((one) => one && onCanvas(one.data)) };
}

/** A whole frame that holds an image and nothing else. */
function onSensor({ row, col, height, width, data }: Rectangle, fov: Canvas): Float64Array {
  const frame = new Float64Array(area(fov));
  for (let y = 0; y < height; y++) {
    frame.set(data.subarray(y * width, (y + 1) * width), (row + y) * fov.width + col);
  }
  return frame;
}

/** A frame of each shift in whole pixels, and the share of frames for which it stands. */
function framesApart({ shift }: Path, n_frames: number): { t: number; share: number }[] {
  const found = new Map<string, { t: number; share: number }>();
  for (let t = 0; t < n_frames; t++) {
    const key = shift(t).map(Math.round).join();
    const one = found.get(key) ?? { t, share: 0 };
    found.set(key, { t: one.t, share: one.share + 1 / n_frames });
  }
  return [...found.values()];
}

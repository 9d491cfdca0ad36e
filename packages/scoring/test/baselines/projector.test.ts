// Inner products of images with frames: the sums that a hand would write.
import { expect, test } from "vitest";
import { createProjector, FRAMES_AT_ONCE, takeFrames } from "../../src/baselines/projector.ts";
import { createSpace } from "../../src/baselines/space.ts";
import { randomNumbers } from "../support.ts";

// Rows of 700 pixels of eight frames fill a band after a dozen: images begin and end in any of them.
const [height, width] = [60, 700];
const random = randomNumbers(4);
const rectangle = (row: number, col: number, rows: number, columns: number) => ({
  ...{ row, col, height: rows, width: columns },
  data: Float64Array.from({ length: rows * columns }, random),
});
const images = [
  rectangle(0, 0, height, width),
  rectangle(3, 690, 40, 10),
  rectangle(11, 5, 1, 1),
  rectangle(0, 0, 0, 0),
  rectangle(59, 0, 1, width),
];
const frames = Array.from({ length: FRAMES_AT_ONCE }, () =>
  Uint16Array.from({ length: height * width }, () => Math.floor(4096 * random())),
);

/** In the order of the pixels, as the lanes add. */
const product = ({ row, col, ...image }: (typeof images)[number], frame: ArrayLike<number>) => {
  let sum = 0;
  for (const [k, value] of image.data.entries()) {
    const y = row + Math.floor(k / image.width);
    sum += value * frame[y * width + col + (k % image.width)]!;
  }
  return sum;
};

const space = createSpace();
const held = takeFrames(space, { height, width });
const projector = createProjector(space, { height, width }, images, held);

test.each([1, 3, FRAMES_AT_ONCE])("%d frames at once, to the last bit", (count) => {
  const targets = frames.slice(0, count).map(() => new Float64Array(images.length));
  for (const some of [frames.slice(-count), frames.slice(0, count)]) {
    for (const [f, frame] of some.entries()) held.at(f).set(frame);
    projector.project(targets);
  }
  for (const [f, target] of targets.entries()) {
    expect([...target]).toEqual(images.map((image) => product(image, frames[f]!)));
  }
});

test("an image that is not wanted has no products", () => {
  held.at(0).set(frames[0]!);
  const target = new Float64Array(images.length).fill(7);
  projector.project([target], Uint8Array.of(1, 0, 1, 1, 0));
  const wanted = images.map((image, i) => (i === 1 || i === 4 ? 0 : product(image, frames[0]!)));
  expect([...target]).toEqual(wanted);
});

test("frames of weights are the weighted sums of the images, in their order", () => {
  const weights = frames.map(() => Float64Array.from(images, random));
  // Whoever has no weight in any frame is left out.
  for (const weight of weights) weight[1] = 0;
  projector.spread(weights);
  for (const f of frames.keys()) {
    const sum = held.at(f);
    const byHand = new Float64Array(height * width);
    for (const [i, image] of images.entries()) {
      for (const [k, value] of image.data.entries()) {
        const at = (image.row + Math.floor(k / image.width)) * width + image.col;
        byHand[at + (k % image.width)]! += value * weights[f]![i]!;
      }
    }
    expect(sum).toEqual(byHand);
  }
});

// Moves of whole images: against bilinear interpolation by hand, and each against its transpose.
import { describe, expect, test } from "vitest";
import { bordered, createMover, cropped } from "../../src/baselines/moved.ts";
import { createSpace, NUMBER_BYTES } from "../../src/baselines/space.ts";
import { randomNumbers } from "../support.ts";

const canvas = { height: 9, width: 11 };
const window = { height: 5, width: 6 };
const random = randomNumbers(3);
const plane = bordered(canvas);
const pixels = window.height * window.width;

/** With a border of zeros. */
const light = Float64Array.from({ length: plane.height * plane.width }, (_, k) =>
  isInside(k) ? random() : 0,
);
function isInside(k: number): boolean {
  const [y, x] = [Math.floor(k / plane.width), k % plane.width];
  return y > 0 && y <= canvas.height && x > 0 && x <= canvas.width;
}
const shade = Float64Array.from({ length: pixels }, random);
const space = createSpace();
const moving = createMover(space, canvas, window, shade);
const canvasAt = space.take(light.length * NUMBER_BYTES);
const frameAt = space.take(pixels * NUMBER_BYTES);
const at = (y: number, x: number) =>
  y < 0 || x < 0 || y >= canvas.height || x >= canvas.width
    ? 0
    : light[(y + 1) * plane.width + x + 1]!;

function byHand(y: number, x: number): number {
  const [row, col] = [Math.floor(y), Math.floor(x)];
  const [v, u] = [y - row, x - col];
  const above = (1 - v) * ((1 - u) * at(row, col) + u * at(row, col + 1));
  return above + v * ((1 - u) * at(row + 1, col) + u * at(row + 1, col + 1));
}

const shifts: [number, number][] = [
  [-2, -2],
  [-2.25, -1.5],
  [3.4, 2.1],
  [-7.3, 0.6],
  [0.5, -9.75],
  [40, 0],
];
const bent = (dy: number, dx: number) => {
  const field = (shift: number) => Float64Array.from({ length: pixels }, (_, k) => shift + k / 20);
  return [field(dy), field(dx)] as const;
};

describe.each(shifts)("by (%d, %d)", (dy, dx) => {
  const [down, right] = bent(dy, dx);
  const moves = [
    { name: "one shift", move: moving({ dy, dx }), down: () => dy, right: () => dx },
    {
      name: "a shift of each pixel",
      move: moving({ down, right }),
      down: (k: number) => down[k]!,
      right: (k: number) => right[k]!,
    },
  ];

  test.each(moves)("$name adds shade(y, x) · in(y − dy, x − dx)", ({ move, down, right }) => {
    space.numbers(canvasAt, light.length).set(light);
    const seen = space.numbers(frameAt, pixels).fill(5);
    move.there(canvasAt, frameAt);
    for (const [k, value] of seen.entries()) {
      const y = Math.floor(k / window.width) - down(k);
      const own = byHand(y, (k % window.width) - right(k));
      expect(value).toBeCloseTo(5 + shade[k]! * own, 12);
    }
  });

  test.each(moves)("$name: back is the transpose of there", ({ move }) => {
    space.numbers(canvasAt, light.length).set(light);
    space.numbers(frameAt, pixels).fill(0);
    move.there(canvasAt, frameAt);
    const seen = space.numbers(frameAt, pixels).slice();
    const frame = Float64Array.from({ length: pixels }, random);
    space.numbers(frameAt, pixels).set(frame);
    const back = space.numbers(canvasAt, light.length).fill(5);
    move.back(frameAt, canvasAt);
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((so, v, k) => so + v * b[k]!, 0);
    expect(dot(seen, frame)).toBeCloseTo(dot(light, back), 12);
  });
});

test("a patch is cut to the window", () => {
  const patch = {
    row: 1,
    col: 0,
    height: 3,
    width: 4,
    data: Float64Array.from({ length: 12 }, (_, k) => k),
  };
  expect(cropped(patch, window, 2)).toEqual({
    ...{ row: 0, col: 0, height: 2, width: 2 },
    data: Float64Array.of(6, 7, 10, 11),
  });
  expect(cropped({ ...patch, row: 7 }, window, 2).data.length).toBe(0);
});

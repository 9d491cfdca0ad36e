// Backgrounds of a few pixels and frames beside sums over all of them, and crispness beside its definition.
import { backgroundErrors, crispness, tracePearson } from "@minisim/scoring";
import { describe, expect, test } from "vitest";
import { randomNumbers } from "../support.ts";

const draw = randomNumbers(3);
const [PIXELS, FRAMES] = [12, 9];
const factors = (count: number) => ({
  images: Array.from({ length: count }, () => Float64Array.from({ length: PIXELS }, draw)),
  courses: Array.from({ length: count }, () => Float64Array.from({ length: FRAMES }, draw)),
});
const movie = ({ images, courses }: ReturnType<typeof factors>) =>
  Array.from({ length: FRAMES }, (_, t) =>
    Array.from({ length: PIXELS }, (_, p) =>
      images.reduce((sum, image, k) => sum + image[p]! * courses[k]![t]!, 0),
    ),
  );
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the background", () => {
  test("is held against the true one at every pixel and frame", () => {
    const [found, real] = [factors(2), factors(3)];
    const [a, b] = [movie(found), movie(real)];
    const meansOf = (of: number[][]) => of[0]!.map((_, p) => mean(of.map((frame) => frame[p]!)));
    const centred = (of: number[][]) => {
      const means = meansOf(of);
      return of.flatMap((frame) => frame.map((value, p) => value - means[p]!));
    };
    const [x, y] = [centred(a), centred(b)];
    const dot = (u: number[], v: number[]) => u.reduce((sum, value, k) => sum + value * v[k]!, 0);
    const scale = Math.max(0, dot(x, y) / dot(x, x));
    const left = y.map((value, k) => value - scale * x[k]!);
    const errors = backgroundErrors(found, real);
    // Sums of a hundred terms in another order.
    expect(errors.background_error).toBeCloseTo(Math.sqrt(dot(left, left) / dot(y, y)), 12);
    expect(errors.background_space_corr).toBeCloseTo(tracePearson(meansOf(a), meansOf(b))!, 12);
    const courses = tracePearson(a.map(mean), b.map(mean))!;
    expect(errors.background_time_corr).toBeCloseTo(courses, 12);
  });

  test("may have any unit and any offset that does not change in time", () => {
    const real = factors(2);
    const still = {
      image: new Float64Array(PIXELS).fill(3),
      course: new Float64Array(FRAMES).fill(1),
    };
    const found = {
      images: [...real.images.map((image) => image.map((value) => 5 * value)), still.image],
      courses: [...real.courses, still.course],
    };
    const errors = backgroundErrors(found, real);
    // The root of a rounding error of 1e-16.
    expect(errors.background_error).toBeLessThan(1e-7);
    expect(errors.background_time_corr).toBeCloseTo(1, 12);
    expect(errors.background_space_corr).toBeCloseTo(1, 12);
  });

  test("that does not change, or is none, has no error", () => {
    const constant = {
      images: [new Float64Array(PIXELS).fill(1)],
      courses: [new Float64Array(FRAMES).fill(1)],
    };
    const none = {
      background_space_corr: null,
      background_time_corr: null,
      background_error: null,
    };
    expect(backgroundErrors(constant, factors(1))).toEqual(none);
    expect(backgroundErrors({ images: [], courses: [] }, factors(1))).toEqual(none);
    const against = factors(1);
    const turned = { ...against, courses: [against.courses[0]!.map((value) => -value)] };
    expect(backgroundErrors(turned, against).background_error).toBe(1);
  });
});

test("crispness is the norm of the gradient", () => {
  // A ramp of 2 a column: every pixel has the gradient (0, 2), at the border, too.
  const ramp = Array.from({ length: 12 }, (_, p) => 2 * (p % 4));
  expect(crispness(ramp, { height: 3, width: 4 })).toBeCloseTo(Math.sqrt(12 * 4), 12);
  // A pixel of 1 in a field of 5 × 5: its four neighbours see half of it.
  const point = Array.from({ length: 25 }, (_, p) => (p === 12 ? 1 : 0));
  expect(crispness(point, { height: 5, width: 5 })).toBeCloseTo(Math.sqrt(4 * 0.25), 12);
  expect(crispness([1], { height: 1, width: 1 })).toBeNull();
  expect(crispness([0, Number.NaN, 0, 0], { height: 2, width: 2 })).toBeNull();
});

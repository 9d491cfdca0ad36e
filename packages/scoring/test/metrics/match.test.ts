// Matching: what must hold for any footprints, and what is defined for odd ones.
import { FootprintStack } from "@minisim/footprint";
import {
  detectionScores,
  type FootprintMatch,
  matchFootprints,
  type SimilarityMetric,
} from "@minisim/scoring";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allSimilarities, block, randomNumbers, reweighted, stackOn } from "./support.ts";

const METRICS: readonly SimilarityMetric[] = ["iou", "cosine", "weighted_jaccard"];
const canvas = { height: 14, width: 17 };
const two = () => fc.tuple(stackOn(canvas), stackOn(canvas));
const total = ({ similarity }: FootprintMatch) => similarity.reduce((sum, v) => sum + v, 0);
// At most seven similarities up to 1, summed in another order.
const ROUNDING = 1e-14;

const isLit = (stack: FootprintStack, i: number) => stack.at(i).data.some((weight) => weight > 0);

describe.each(METRICS)("%s", (metric) => {
  test("is the dense definition", () => {
    fc.assert(
      fc.property(two(), ([a, b]) => {
        const similarities = allSimilarities(a, b, { metric, energyFraction: 1 });
        const size = canvas.height * canvas.width;
        const [p, q] = [a.toDense(), b.toDense()];
        similarities.forEach((row, i) => {
          row.forEach((value, j) => {
            const x = p.subarray(i * size, (i + 1) * size);
            const y = q.subarray(j * size, (j + 1) * size);
            // Sums of at most 36 terms, in another order.
            expect(Math.abs(value - denseSimilarity(metric, x, y))).toBeLessThanOrEqual(1e-13);
          });
        });
      }),
    );
  });

  test("light matched with itself scores 1, exactly", () => {
    fc.assert(
      fc.property(stackOn(canvas), (stack) => {
        const lit = Array.from({ length: stack.length }, (_, i) => i).filter((i) =>
          isLit(stack, i),
        );
        const similarities = allSimilarities(stack, stack, { metric });
        for (const i of lit) expect(similarities[i]![i]).toBe(1);
        const match = matchFootprints(stack, stack, { metric });
        expect(match.estimate).toHaveLength(lit.length);
        expect(total(match)).toBe(lit.length);
      }),
    );
  });

  test("another order pairs as well", () => {
    const permuted = two().chain(([a, b]) =>
      fc.record({
        a: fc.constant(a),
        b: fc.constant(b),
        order: fc.shuffledSubarray(
          Array.from({ length: a.length }, (_, i) => i),
          { minLength: a.length },
        ),
      }),
    );
    fc.assert(
      fc.property(permuted, ({ a, b, order }) => {
        const [plain, mixed] = [
          allSimilarities(a, b, { metric }),
          allSimilarities(a.select(order), b, { metric }),
        ];
        expect(mixed).toEqual(order.map((i) => plain[i]));
        const difference =
          total(matchFootprints(a.select(order), b, { metric })) -
          total(matchFootprints(a, b, { metric }));
        expect(Math.abs(difference)).toBeLessThanOrEqual(ROUNDING);
      }),
    );
  });

  test("exchanging the roles mirrors the similarities", () => {
    fc.assert(
      fc.property(two(), ([a, b]) => {
        const back = allSimilarities(b, a, { metric });
        allSimilarities(a, b, { metric }).forEach((row, i) => {
          expect(row).toEqual(back.map((column) => column[i]));
        });
        const there = total(matchFootprints(a, b, { metric }));
        const andBack = total(matchFootprints(b, a, { metric }));
        expect(Math.abs(there - andBack)).toBeLessThanOrEqual(ROUNDING);
      }),
    );
  });

  test("a footprint's brightness does not matter", () => {
    const factors = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), {
      minLength: 7,
      maxLength: 7,
    });
    fc.assert(
      fc.property(two(), factors, ([a, b], gains) => {
        // Powers of two scale float32 exactly; anything else moves weights, and so the edge of an energy mask, by rounding.
        const exact = reweighted(a, (weight, i) => weight * 2 ** Math.round(Math.log2(gains[i]!)));
        expect(allSimilarities(exact, b, { metric })).toEqual(allSimilarities(a, b, { metric }));
        const scaled = reweighted(a, (weight, i) => weight * gains[i]!);
        for (const value of allSimilarities(scaled, a, { metric }).flat())
          expect(value).toBeLessThanOrEqual(1);
        if (metric === "iou") return;
        const expected = allSimilarities(a, b, { metric });
        allSimilarities(scaled, b, { metric }).forEach((row, i) => {
          row.forEach((value, j) => {
            // Weights are rounded to float32 once, 2^-24 each; the quotient sees that at most four times.
            expect(Math.abs(value - expected[i]![j]!)).toBeLessThanOrEqual(4 * 2 ** -24);
          });
        });
      }),
    );
  });

  test("moving both changes nothing, and a shift undoes a move", () => {
    const margin = 3;
    const step = fc.integer({ min: -margin, max: margin });
    const inner = () => stackOn(canvas, margin);
    fc.assert(
      fc.property(inner(), inner(), step, step, (a, b, dy, dx) => {
        const window = { top: -dy, left: -dx, ...canvas };
        const moved = a.crop(window);
        const plain = allSimilarities(a, b, { metric });
        expect(allSimilarities(moved, b.crop(window), { metric })).toEqual(plain);
        expect(allSimilarities(moved, b, { metric, shift: [-dy, -dx] })).toEqual(plain);
      }),
    );
  });

  test("scores have the same bits whatever form the footprints came in", () => {
    fc.assert(
      fc.property(two(), ([a, b]) => {
        const expected = matchFootprints(a, b, { metric, shift: "auto" });
        const size = canvas.height * canvas.width;
        const csc = a.toCsc();
        const transposed = { ...a.toCsr(), shape: [size, a.length] as const };
        for (const same of [
          FootprintStack.fromDense(a.toDense(), canvas),
          FootprintStack.fromDense(Float64Array.from(a.toDense()), canvas),
          FootprintStack.fromCsr(a.toCsr(), canvas),
          FootprintStack.fromCsc(csc, canvas),
          FootprintStack.fromCsc(transposed, canvas, { rows: "pixels" }),
        ])
          expect(matchFootprints(same, b, { metric, shift: "auto" })).toEqual(expected);
      }),
    );
  });
});

test.each(["cosine", "weighted_jaccard"] as const)(
  "%s: recall and precision follow the roles",
  (metric) => {
    const sized = two().filter((stacks) =>
      stacks.every(({ length, starts }) =>
        Array.from({ length }, (_, i) => starts[i + 1]! - starts[i]!).every((size) => size !== 1),
      ),
    );
    fc.assert(
      fc.property(sized, fc.nat(), (stacks, seed) => {
        // Random weights on two pixels or more: no two pairings are equally good.
        const draw = randomNumbers(seed);
        const [a, b] = stacks.map((stack) => reweighted(stack, () => 0.01 + draw()));
        const [match, back] = [
          matchFootprints(a!, b!, { metric }),
          matchFootprints(b!, a!, { metric }),
        ];
        const flipped = Array.from(match.truth, (truth, k) => [truth, match.estimate[k]!] as const);
        expect(flipped.sort(([x], [y]) => x - y)).toEqual(
          Array.from(back.estimate, (estimate, k) => [estimate, back.truth[k]!]),
        );
        const [scores, swapped] = [detectionScores(match), detectionScores(back)];
        expect(swapped.recall).toBe(scores.precision);
        expect(swapped.precision).toBe(scores.recall);
        expect(swapped.f1).toBe(scores.f1);
      }),
    );
  },
);

describe("odd input", () => {
  const stack = FootprintStack.from([block(2, 2, 3, 3), block(8, 9, 2, 4)], canvas);
  const none = FootprintStack.from([], canvas);
  const dark = FootprintStack.from(
    [block(0, 0, 0, 0), { ...block(1, 1, 1, 1), data: Float32Array.of(0) }],
    canvas,
  );
  test.each([
    [none, stack],
    [stack, none],
    [none, none],
    [dark, stack],
    [stack, dark],
    [dark, dark],
  ])("nothing found is 0, a share of nothing is null, never NaN (%#)", (a, b) => {
    const [found, cells] = [a.length, b.length];
    for (const metric of METRICS) {
      const match = matchFootprints(a, b, { metric, shift: "auto" });
      expect(match.estimate).toHaveLength(0);
      expect(match.shift).toEqual([0, 0]);
      expect(detectionScores(match)).toEqual({
        matched: 0,
        recall: cells === 0 ? null : 0,
        precision: found === 0 ? null : 0,
        f1: found + cells === 0 ? null : 0,
        meanSimilarity: null,
      });
    }
  });

  test("weights that are no light count as none", () => {
    const odd = {
      ...block(2, 2, 4, 3),
      data: Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, NaN, -2, Infinity),
    };
    const estimate = FootprintStack.from(
      [odd, { ...block(0, 0, 1, 1), data: Float32Array.of(NaN) }],
      canvas,
    );
    for (const metric of METRICS) {
      expect(allSimilarities(estimate, stack, { metric })).toEqual([
        [1, 0],
        [0, 0],
      ]);
    }
  });

  test("light that a shift carries off the canvas is gone before it is summed", () => {
    const half = FootprintStack.from([block(2, 0, 3, 4)], canvas);
    const rest = FootprintStack.from([block(2, 0, 3, 2)], canvas);
    for (const metric of METRICS)
      expect(allSimilarities(half, rest, { metric, shift: [0, -2] })).toEqual([[1]]);
    expect(allSimilarities(half, rest, { shift: [0, -4] })).toEqual([[0]]);
  });

  test.each([
    [{ shift: [0.5, 1] as const }, "A shift is two whole numbers of pixels, not [0.5, 1]."],
    [{ shift: [NaN, 0] as const }, "not [NaN, 0]."],
    [{ metric: "iou" as const, energyFraction: 0 }, "above 0 and at most 1, not 0."],
    [{ metric: "iou" as const, energyFraction: 1.5 }, "above 0 and at most 1, not 1.5."],
    [
      { metric: "dice" as SimilarityMetric },
      "A similarity is light, iou, cosine, weighted_jaccard, not dice.",
    ],
  ])("refuses %o", (options, sentence) => {
    expect(() => matchFootprints(stack, stack, options)).toThrow(sentence);
    expect(() => matchFootprints(stack, stack, options)).toThrow(RangeError);
  });

  test("refuses canvases of different shape, and patches off their canvas", () => {
    const other = FootprintStack.from([], { height: 100, width: 120 });
    for (const shift of [null, "auto"] as const)
      expect(() => matchFootprints(other, stack, { shift })).toThrow(
        "The estimate is 100 × 120 px, the truth 14 × 17.",
      );
    const wide = { canvas, length: 1, at: () => block(0, 15, 2, 3) };
    expect(() => matchFootprints(wide, stack)).toThrow(
      "Footprint 0, 2 × 3 at (0, 15) with 6 values, does not fit its 14 × 17 canvas.",
    );
  });
});

describe("detection scores", () => {
  const match: FootprintMatch = {
    estimate: Int32Array.of(0, 1, 3),
    truth: Int32Array.of(2, 0, 1),
    similarity: Float64Array.of(0.5, 0.25, 0.75),
    estimateCount: 8,
    truthCount: 4,
    shift: [0, 0],
  };

  test("count pairs from the threshold on; the mean is over all pairs", () => {
    const expected = { matched: 2, recall: 0.5, precision: 0.25, f1: 1 / 3, meanSimilarity: 0.5 };
    expect(detectionScores(match)).toEqual(expected);
    expect(detectionScores(match, 0.6).matched).toBe(1);
    expect(detectionScores(match, 0).matched).toBe(3);
  });

  test.each([-0.1, 1.1, NaN])("refuse a threshold of %d", (threshold) => {
    expect(() => detectionScores(match, threshold)).toThrow(
      `The threshold of a match is 0 to 1, not ${threshold}.`,
    );
  });
});

/** Straight from the definitions; for the masks, of all the light. */
function denseSimilarity(metric: SimilarityMetric, x: Float32Array, y: Float32Array): number {
  const sum = (term: (a: number, b: number) => number) =>
    x.reduce((before, a, k) => before + term(a, y[k]!), 0);
  const [sx, sy] = [sum((a) => a), sum((_, b) => b)];
  if (sx === 0 || sy === 0) return 0;
  if (metric === "cosine")
    return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
  const [u, v] =
    metric === "iou" ? [Math.sign, Math.sign] : [(a: number) => a / sx, (b: number) => b / sy];
  return sum((a, b) => Math.min(u(a), v(b))) / sum((a, b) => Math.max(u(a), v(b)));
}

// Likeness by light: the definition, and what must hold for any footprints.
import { FootprintStack } from "@minisim/footprint";
import { assignPairs, footprintSimilarity } from "@minisim/scoring";
import fc from "fast-check";
import { expect, test } from "vitest";
import { allSimilarities, block, reweighted, stackOn } from "./support.ts";

const canvas = { height: 14, width: 17 };
const size = canvas.height * canvas.width;
const brightnesses = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), {
  minLength: 7,
  maxLength: 7,
});

test("is the dense definition", () => {
  fc.assert(
    fc.property(stackOn(canvas), stackOn(canvas), brightnesses, (estimate, truth, brightness) => {
      const expected = denseLight(estimate, truth, brightness);
      allSimilarities(estimate, truth, { metric: "light", brightness }).forEach((row, j) => {
        row.forEach((value, i) => {
          // Sums of at most 36 terms of one sign, in another order, and centroids from them: some 1e-14.
          expect(Math.abs(value - expected[j]![i]!)).toBeLessThanOrEqual(1e-12);
        });
      });
    }),
  );
});

test("the true footprint is 1 exactly, whatever its neighbours and its brightness", () => {
  fc.assert(
    fc.property(stackOn(canvas), brightnesses, (truth, brightness) => {
      const similarities = allSimilarities(truth, truth, { metric: "light", brightness });
      for (let i = 0; i < truth.length; i++) {
        const isLit = truth.at(i).data.some((weight) => weight > 0);
        expect(similarities[i]![i]).toBe(isLit ? 1 : 0);
      }
    }),
  );
});

test("nothing exceeds 1, and the unit of an estimate's weights does not matter", () => {
  fc.assert(
    fc.property(
      stackOn(canvas),
      stackOn(canvas),
      fc.integer({ min: -20, max: 20 }),
      (a, b, power) => {
        const plain = allSimilarities(a, b);
        for (const value of plain.flat()) expect(value).toBeLessThanOrEqual(1);
        // Powers of two scale float32 exactly.
        expect(
          allSimilarities(
            reweighted(a, (weight) => weight * 2 ** power),
            b,
          ),
        ).toEqual(plain);
      },
    ),
  );
});

test("a form without zeros, or a larger patch, gives the same bits", () => {
  fc.assert(
    fc.property(stackOn(canvas), stackOn(canvas), (a, b) => {
      const same = FootprintStack.fromCsc(a.toCsc(), canvas);
      expect(footprintSimilarity(same, b)).toEqual(footprintSimilarity(a, b));
    }),
  );
});

test("of two cells in one place, an estimate is the one whose light it mostly is", () => {
  const truth = FootprintStack.from([block(2, 2, 5, 5), block(2, 2, 5, 5)], canvas);
  const estimate = truth.select([0]);
  for (const brighter of [0, 1]) {
    const brightness = [0, 1].map((cell) => (cell === brighter ? 3 : 1));
    const similarity = footprintSimilarity(estimate, truth, { metric: "light", brightness });
    expect([...similarity.values]).toEqual([1, 1]);
    expect([...assignPairs(similarity).truth]).toEqual([brighter]);
  }
});

test("the quantities by hand: half of the light a stranger's, two pixels beside", () => {
  // Two flat cells of 4 × 4 px side by side; the estimate lies across both.
  const truth = FootprintStack.from([block(4, 2, 4, 4), block(4, 6, 4, 4)], canvas);
  const across = FootprintStack.from([block(4, 4, 4, 4)], canvas);
  // σ² of four positions a pixel apart: (4² − 1) / 12.
  const expected = Math.sqrt(1 / 2) * Math.exp(-(2 * 2) / (2 * (15 / 12)));
  const [row] = allSimilarities(across, truth);
  expect(row![0]).toBeCloseTo(expected, 12);
  expect(row![1]).toBeCloseTo(expected, 12);
});

/** Straight from the equation, on whole images. */
function denseLight(
  estimate: FootprintStack,
  truth: FootprintStack,
  brightness: readonly number[],
) {
  const image = (stack: FootprintStack, i: number) =>
    Float64Array.from(stack.toDense().subarray(i * size, (i + 1) * size));
  const found = Array.from({ length: estimate.length }, (_, j) => image(estimate, j));
  const cells = Array.from({ length: truth.length }, (_, i) => image(truth, i));
  const used = brightness.slice(0, cells.length);
  const [brightest, strongest] = [
    Math.max(0, ...used),
    Math.max(0, ...cells.flatMap((a) => [...a])),
  ];
  const light = cells.map((a, i) => {
    const peak = Math.max(...a);
    const relative = brightest > 0 ? used[i]! / brightest : 1;
    // A cell that hardly shines: 1e-9 of the brightest.
    const strength = Math.max((peak / strongest) * relative, 1e-9);
    return a.map((weight) => (peak > 0 ? (strength * weight) / peak : 0));
  });
  const share = (a: Float64Array, i: number) =>
    dot(a, light[i]!) / light.reduce((sum, one) => sum + dot(a, one), 0);
  return found.map((a) =>
    cells.map((cell, i) => {
      if (dot(a, cell) === 0) return 0;
      const [at, home] = [centre(a.map((w) => w * w)), centre(cell.map((w) => w * w))];
      const middle = centre(cell);
      const spread = cell.reduce((sum, w, k) => sum + w * squaredDistance(k, middle), 0);
      const variance = Math.max(spread / cell.reduce((sum, w) => sum + w, 0) / 2, 1);
      const d2 = (at[0] - home[0]) ** 2 + (at[1] - home[1]) ** 2;
      return Math.sqrt(Math.min(1, share(a, i) / share(cell, i))) * Math.exp(-d2 / (2 * variance));
    }),
  );
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, w, k) => sum + w * b[k]!, 0);

const squaredDistance = (k: number, [y, x]: readonly [number, number]) =>
  (Math.floor(k / canvas.width) - y) ** 2 + ((k % canvas.width) - x) ** 2;

function centre(weights: Float64Array): [number, number] {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const y = weights.reduce((sum, w, k) => sum + w * Math.floor(k / canvas.width), 0);
  const x = weights.reduce((sum, w, k) => sum + w * (k % canvas.width), 0);
  return [y / total, x / total];
}

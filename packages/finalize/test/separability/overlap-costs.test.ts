// What overlap costs two cells of which all is known, and a crowd that is too large for one matrix.
import { expect, test } from "vitest";
import { later } from "../../src/later.ts";
import type { SensorImages } from "../../src/separability/images.ts";
import { overlapCosts } from "../../src/separability/overlap-costs.ts";

const SIDE = 40;

/** Gaussians of σ = 2 px at these places, seen alike everywhere. */
function imagesAt(
  places: readonly (readonly [number, number])[],
  backgrounds: readonly Float64Array[] = [],
): SensorImages {
  const footprints = places.map(([row, col]) => ({
    row: row - 8,
    col: col - 8,
    height: 17,
    width: 17,
    data: Float32Array.from({ length: 289 }, (_, i) => {
      const [y, x] = [Math.floor(i / 17) - 8, (i % 17) - 8];
      return Math.exp(-(y * y + x * x) / 8);
    }),
  }));
  return {
    width: SIDE,
    footprints,
    per_light: new Float64Array(SIDE * SIDE).fill(3),
    factor: new Float64Array(places.length).fill(1),
    backgrounds,
  };
}

const costsOf = (images: SensorImages, mostWork?: number) =>
  later(() => overlapCosts(images, mostWork)).value();

test("two cells cost each other 1/√(1 − r²), r the cosine of their images", () => {
  // Gaussians of σ at a distance d: r = exp(−d²/(4σ²)).
  for (const distance of [2, 3, 6]) {
    const costs = costsOf(
      imagesAt([
        [15, 10],
        [15, 10 + distance],
      ]),
    );
    const r = Math.exp(-(distance * distance) / 16);
    // Patches end at 4 σ, where 1e-7 of the squared light is left.
    for (const { cost } of costs) expect(cost * Math.sqrt(1 - r * r)).toBeCloseTo(1, 4);
  }
});

test("cells that are alike cost each other more than any recording can pay", () => {
  for (const { cost } of costsOf(
    imagesAt([
      [15, 15],
      [15, 15],
    ]),
  ))
    expect(cost).toBeGreaterThan(2e4);
});

test("a lone cell costs nothing, and an even background what it resembles", () => {
  expect(costsOf(imagesAt([[15, 15]]))[0]!.cost).toBeCloseTo(1, 8);
  // r² = (Σ a)² / (n Σ a²) = 4πσ² / n.
  const even = new Float64Array(SIDE * SIDE).fill(1);
  const [alone] = costsOf(imagesAt([[15, 15]], [even]));
  expect(alone?.cost).toBeCloseTo(1 / Math.sqrt(1 - (16 * Math.PI) / (SIDE * SIDE)), 4);
});

test("a crowd too large for one matrix is solved around each cell, to nearly the same", () => {
  const places = Array.from({ length: 49 }, (_, i) => [
    9 + 3.5 * Math.floor(i / 7),
    9 + 3.5 * (i % 7),
  ]).map(([y, x]) => [Math.round(y!), Math.round(x!)] as const);
  const background = [new Float64Array(SIDE * SIDE).fill(1)];
  const whole = costsOf(imagesAt(places, background));
  const local = costsOf(imagesAt(places, background), 2e5);
  expect(local.map(({ cell }) => cell)).toEqual(whole.map(({ cell }) => cell));
  for (const [i, { cost }] of local.entries()) {
    // Whoever knows fewer neighbours errs less; the nearest five cost the most.
    expect(cost).toBeLessThanOrEqual(whole[i]!.cost * (1 + 1e-9));
    expect(cost).toBeGreaterThan(0.6 * whole[i]!.cost);
  }
  expect(local).not.toEqual(whole);
});

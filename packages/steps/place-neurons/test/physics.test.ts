// What a cell looks like: body and dendrites.
import type { Footprint } from "@minisim/footprint";
import { createRandom } from "@minisim/random";
import { describe, expect, test } from "vitest";
import { growDendrites } from "../src/dendrites.ts";
import { type Morphology, plantFootprint } from "../src/morphology.ts";
import { somaPatch } from "../src/soma.ts";

const grid = { height: 80, width: 91, pixel_size_um: 1 };
const body: Morphology = {
  kind: "soma",
  soma_radius_px: 5,
  irregularity: 0.3,
  length_px: 18,
  width_px: 3,
};

/** The footprint alone. */
const plantedOf = (...given: Parameters<typeof plantFootprint>) => plantFootprint(...given).planted;

function plant(
  changes: Partial<Morphology>,
  yx: readonly [number, number] = [0.3, -0.2],
  cell = 0,
) {
  const random = createRandom(5);
  return plantedOf(yx, grid, { ...body, ...changes }, (purpose) => random.stream(purpose, cell));
}

/** Calls back with every pixel of the patch on its canvas. */
function pixels(patch: Footprint): { row: number; col: number; value: number }[] {
  return [...patch.data].map((value, i) => ({
    row: patch.row + Math.floor(i / patch.width),
    col: patch.col + (i % patch.width),
    value,
  }));
}

const lit = (patch: Footprint) => pixels(patch).filter(({ value }) => value > 0);

describe("cell body", () => {
  test("without irregularity is exactly the pixels within the radius", () => {
    const patch = plant({ irregularity: 0 }, [2.25, -7.5]);
    const centre = { row: 39.5 + 2.25, col: 45 - 7.5 };
    let inside = 0;
    for (let row = 0; row < grid.height; row++) {
      for (let col = 0; col < grid.width; col++) {
        inside += Math.hypot(row - centre.row, col - centre.col) <= 5 ? 1 : 0;
      }
    }
    for (const { row, col } of lit(patch)) {
      expect(Math.hypot(row - centre.row, col - centre.col)).toBeLessThanOrEqual(5);
    }
    expect(lit(patch).length).toBe(inside);
  });

  test("strays from the radius by the irregularity, and as far in as out", () => {
    const stream = createRandom(2).stream("bodies");
    const n = 400;
    let won = 0;
    let lost = 0;
    let farthestLit = 0;
    let nearestDark = Infinity;
    for (let i = 0; i < n; i++) {
      const patch = somaPatch({ row: 0, col: 0 }, 8, 0.3, () => stream.normal());
      for (const { row, col, value } of pixels(patch)) {
        const distance = Math.hypot(row, col);
        if (value > 0) farthestLit = Math.max(farthestLit, distance);
        else nearestDark = Math.min(nearestDark, distance);
        if (value > 0 && distance > 8) won += 1;
        if (value === 0 && distance <= 8) lost += 1;
      }
    }
    expect(farthestLit).toBeLessThanOrEqual(8 * 1.3);
    expect(nearestDark).toBeGreaterThan(8 * 0.7);
    expect(won / n).toBeGreaterThan(5);
    expect(lost / n).toBeGreaterThan(5);
    // The area inside the edge r(1 + 0.3 n) has the mean πr²(1 + 0.09 E[n²]) with E[n²] in (0, 1): up to 18.1 pixels more are
    // won than lost. A body's area has an sd of 14 pixels, the mean of 400 a standard error below 1: five of them.
    expect((won - lost) / n).toBeGreaterThan(-5);
    expect((won - lost) / n).toBeLessThan(Math.PI * 64 * 0.09 + 5);
  });

  test("smaller than a pixel lights its nearest pixel", () => {
    for (const [y, x] of [
      [0.5, 0],
      [0.1, 0.3],
      [-20.9, 13.45],
      [0.01, 44.9],
    ] as const) {
      const patch = plant({ soma_radius_px: 0.01 }, [y, x]);
      const nearest = { row: Math.round(39.5 + y), col: Math.round(45 + x) };
      expect(pixels(patch)).toEqual([{ ...nearest, value: 1 }]);
    }
  });

  test("is 0 or 1, in a tight box", () => {
    for (let cell = 0; cell < 20; cell++) {
      const patch = plant({}, [cell - 10.3, 1.7 * cell], cell);
      expect(new Set(patch.data)).toEqual(new Set([0, 1]));
      const on = lit(patch);
      expect(Math.min(...on.map(({ row }) => row))).toBe(patch.row);
      expect(Math.max(...on.map(({ row }) => row))).toBe(patch.row + patch.height - 1);
      expect(Math.min(...on.map(({ col }) => col))).toBe(patch.col);
      expect(Math.max(...on.map(({ col }) => col))).toBe(patch.col + patch.width - 1);
    }
  });

  test("keeps its pixels when the canvas grows, and loses those beyond its edge", () => {
    const random = createRandom(9);
    const on = (height: number, width: number) =>
      plantedOf(
        [-17.3, 11.21],
        { height, width, pixel_size_um: 1.655 },
        { ...body, kind: "cytosolic" },
        (purpose) => random.stream(purpose),
      );
    const small = on(80, 91);
    const large = on(80 + 2 * 13, 91 + 2 * 13);
    expect({ ...large, row: large.row - 13, col: large.col - 13 }).toEqual(small);
    const cut = on(24, 91);
    const expected = lit(small)
      .map(({ row, col, value }) => ({ row: row - 28, col, value }))
      .filter(({ row }) => row >= 0);
    expect(lit(cut)).toEqual(expected);
    expect(cut.row).toBe(0);
    expect(on(2, 3).data.length).toBe(0);
  });
});

describe("dendrites", () => {
  test("leave the body as it is and add dimmer pixels around it", () => {
    for (let cell = 0; cell < 30; cell++) {
      const soma = plant({}, [0.3, -0.2], cell);
      const whole = plant({ kind: "cytosolic" }, [0.3, -0.2], cell);
      expect(pixels(whole).filter(({ value }) => value === 1)).toEqual(lit(soma));
      const rest = [...whole.data].filter((value) => value > 0 && value < 1);
      expect(rest.length).toBeGreaterThan(10);
      expect(Math.min(...rest)).toBeGreaterThanOrEqual(Math.fround(0.05));
      expect(Math.max(...rest)).toBeLessThanOrEqual(Math.fround(0.55));
    }
  });

  const arbor = { soma_radius_px: 5, length_px: 20, width_px: 3 };

  test("are a Poisson(5) number of walks clamped to 2 … 9", () => {
    const n = 4000;
    const random = createRandom(3);
    const counts = Array.from({ length: n }, (_, i) => {
      // A walk's first piece alone has full width.
      const discs = growDendrites({ row: 0, col: 0 }, arbor, random.stream(i));
      return discs.filter(({ radius }) => radius === 1.5).length;
    });
    expect(Math.min(...counts)).toBe(2);
    expect(Math.max(...counts)).toBe(9);
    let p = Math.exp(-5);
    let mean = 0;
    for (let k = 0; k < 60; k++, p *= 5 / k) mean += p * Math.min(Math.max(k, 2), 9);
    // Five standard errors; the clamped count varies less than the Poisson count, whose variance is 5.
    const seen = counts.reduce((a, b) => a + b) / n;
    expect(Math.abs(seen - mean)).toBeLessThan(5 * Math.sqrt(5 / n));
  });

  test("start inside the body at full width, taper, and end within 1.25 times their length", () => {
    const random = createRandom(4);
    const discs = Array.from({ length: 200 }, (_, cell) =>
      growDendrites({ row: 0, col: 0 }, arbor, random.stream(cell)),
    ).flat();
    const reach = ({ row, col }: { row: number; col: number }) => Math.hypot(row, col);
    const starts = discs.filter(({ radius }) => radius === 1.5);
    // 0.8 of the body's radius; 1e-12 for the rounding of a sine and a cosine.
    expect(Math.max(...starts.map((disc) => Math.abs(reach(disc) - 4)))).toBeLessThan(1e-12);
    expect(starts.every(({ weight }) => weight === 0.55)).toBe(true);
    // Rounding to whole steps adds at most half a pixel.
    expect(Math.max(...discs.map(reach))).toBeLessThanOrEqual(4 + 1.25 * 20 + 0.5);
    const radii = discs.map(({ radius }) => radius);
    expect([Math.min(...radii), Math.max(...radii)]).toEqual([0.5, 1.5]);
    // Weight follows width: 0.05 + 0.5 (w − 0.5)/(3 − 0.5), wherever the pixel-wide minimum does not hide the width.
    const wide = discs.filter(({ radius }) => radius > 0.5);
    const off = wide.map(({ radius, weight }) =>
      Math.abs(weight - (0.05 + 0.2 * (2 * radius - 0.5))),
    );
    expect(Math.max(...off)).toBeLessThan(1e-12);
    expect(Math.min(...discs.map(({ weight }) => weight))).toBeLessThan(0.1);
  });

  test("branch by Murray's law: the cubes of the widths add up", () => {
    // Draws that turn nothing, branch at the first step only, and never shorten: one dendrite straight, one side.
    const chances = [true, true];
    const draws = {
      uniform: () => 0,
      normal: () => 0,
      poisson: () => 0,
      bernoulli: () => chances.shift() ?? false,
    };
    const discs = growDendrites({ row: 0, col: 0 }, { ...arbor, length_px: 50 }, draws);
    // 30 pieces of the main, then round(0.8 · 29) of the side; the next dendrite has 30 and no side.
    expect(discs.length).toBe(30 + 23 + 30);
    const parent = 0.5 + 2.5 * (29 / 30);
    const [main, side] = [2 * discs[1]!.radius, 2 * discs[30]!.radius];
    // 1e-12: a handful of roundings.
    expect(Math.abs(main ** 3 / parent ** 3 - 0.62)).toBeLessThan(1e-12);
    expect(Math.abs(side ** 3 / parent ** 3 - 0.38)).toBeLessThan(1e-12);
    const angle = (from: number, to: number) =>
      Math.atan2(discs[to]!.row - discs[from]!.row, discs[to]!.col - discs[from]!.col);
    expect(angle(1, 2)).toBeCloseTo(-0.35, 12);
    expect(angle(30, 31)).toBeCloseTo(0.7, 12);
  });

  test("are 0.925 lengths long on average, plus their branches", () => {
    const n = 3000;
    const random = createRandom(6);
    let mains = 0;
    let pieces = 0;
    for (let cell = 0; cell < n; cell++) {
      const discs = growDendrites({ row: 0, col: 0 }, arbor, random.stream(cell));
      mains += discs.filter(({ radius }) => radius === 1.5).length;
      pieces += discs.length;
    }
    // Branches at step j (of L = 18.5 on average) have 0.8 (L − j) pieces; with p 0.06 a step, at most two of them.
    // Without the limit the sum is 0.06 · 0.8 · Σ (L − j) ≈ 0.06 · 0.8 · (E[L²] − E[L])/2 = 8.1; the limit takes a little.
    const each = pieces / mains;
    expect(each).toBeGreaterThan(18.5 + 6.5);
    expect(each).toBeLessThan(18.5 + 8.2);
  });

  test("vanish with their length", () => {
    expect(plant({ kind: "cytosolic", length_px: 0 })).toEqual(plant({}));
  });
});

// Where cells go: counts, uniformity, and what a change of density or margin leaves alone.
import { createRandom } from "@minisim/random";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Distribution, type Placed, placeCells } from "../src/placement.ts";
import { pointInShell, shellCounts } from "../src/shells.ts";

const fov = { height: 60, width: 80, pixel_size_um: 2 };
const sparse: Distribution = {
  density_per_mm3: 100_000,
  soma_radius_um: 5,
  depth_range_um: [20, 170],
  min_distance_um: 0,
};

function place(changes: Partial<Distribution> = {}, margin_px = 0, seed = 0) {
  const random = createRandom(seed);
  return placeCells({ ...sparse, ...changes }, fov, margin_px, (k) => random.stream(k).uniform);
}

const names = (cells: readonly Placed[]) => cells.map((cell) => JSON.stringify(cell));

describe("shells", () => {
  test("the counts of the shells add up to the rounded count of the whole canvas", () => {
    const positive = fc.double({ min: 0.1, max: 100, noNaN: true });
    const side = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 40 }), positive, (h, w, margin, cells) => {
        const density = (cells * 1e9) / (h * w * 4 * 10);
        const counts = shellCounts({ height: h, width: w, pixel_size_um: 2 }, margin, density, 10);
        const volume_um3 = (h + 2 * margin) * (w + 2 * margin) * 4 * 10;
        const total = counts.reduce((a, b) => a + b);
        expect(counts.every((count) => count >= 0)).toBe(true);
        // 0.5 for the rounding, 1e-9 for the order of the multiplications.
        expect(Math.abs(total - density * 1e-9 * volume_um3)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });

  test("a point of shell k lies in its rectangle and not in the one inside it", () => {
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), share, share, (k, across, along) => {
        const [y, x] = pointInShell(fov, k, across, along);
        const beyond = (grown: number) =>
          Math.max(Math.abs(y) - (fov.height + 2 * grown), Math.abs(x) - (fov.width + 2 * grown));
        // Positions are some 100 µm: their rounding is below 1e-12.
        expect(beyond(k)).toBeLessThanOrEqual(1e-12);
        if (k > 0) expect(beyond(k - 1)).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });

  test("points of a frame fall on its four strips by their areas", () => {
    const stream = createRandom(1).stream("frame");
    const n = 20_000;
    const small = { height: 6, width: 10, pixel_size_um: 1 };
    // Shell 2 is 10 × 14 px outside: the strips top and bottom have 14 px, left and right 8 px, 44 in all.
    const seen = { top: 0, bottom: 0, left: 0, right: 0 };
    for (let i = 0; i < n; i++) {
      const [y, x] = pointInShell(small, 2, stream.uniform(), stream.uniform());
      seen[y < -4 ? "top" : y >= 4 ? "bottom" : x < 0 ? "left" : "right"] += 1;
    }
    for (const [strip, count] of Object.entries(seen)) {
      const p = (strip === "top" || strip === "bottom" ? 14 : 8) / 44;
      // Five standard deviations of a binomial count.
      expect(Math.abs(count - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)));
    }
  });
});

describe("placement", () => {
  test("is uniform in depth and over the field", () => {
    const { cells } = place({ density_per_mm3: 2e6 });
    const n = 2e6 * 1e-9 * 120 * 160 * 150;
    expect(cells.length).toBe(n);
    const ranges = [
      [20, 170],
      [-60, 60],
      [-80, 80],
    ] as const;
    for (const [axis, [low, high]] of ranges.entries()) {
      const unit = cells.map((cell) => (cell.position_um[axis]! - low) / (high - low));
      expect(Math.min(...unit)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...unit)).toBeLessThan(1);
      const mean = unit.reduce((a, b) => a + b) / n;
      const square = unit.reduce((a, b) => a + (b - 0.5) ** 2, 0) / n;
      // Five standard errors: variance of U is 1/12, of (U − 1/2)² is 1/180.
      expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
      expect(Math.abs(square - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
    }
  });

  test("a layer thinner than a cell body counts as thick as one", () => {
    const thin = place({ depth_range_um: [100, 100], density_per_mm3: 1e6 });
    expect(thin.cells.length).toBe(1e6 * 1e-9 * 120 * 160 * 10);
    expect(new Set(thin.cells.map((cell) => cell.position_um[0]))).toEqual(new Set([100]));
  });

  test("a higher density adds cells and moves none", () => {
    const few = names(place({}, 5).cells);
    const many = new Set(names(place({ density_per_mm3: 130_000 }, 5).cells));
    expect(many.size).toBeGreaterThan(few.length);
    expect(few.filter((name) => !many.has(name))).toEqual([]);
  });

  test.each([0, 9])("a larger margin adds cells and moves none (distance %d µm)", (distance) => {
    const changes = { min_distance_um: distance };
    const still = names(place(changes).cells);
    const moving = names(place(changes, 8).cells);
    expect(moving.length).toBeGreaterThan(still.length);
    expect(moving.slice(0, still.length)).toEqual(still);
  });

  test("no two cells are nearer than the minimum distance", () => {
    const { cells, wanted } = place({ min_distance_um: 15, density_per_mm3: 80_000 }, 3);
    expect(cells.length).toBe(wanted);
    let nearest = Infinity;
    for (const [i, { position_um: a }] of cells.entries()) {
      for (const { position_um: b } of cells.slice(i + 1)) {
        nearest = Math.min(nearest, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
      }
    }
    // Tight: without the rule, 250 cells in this volume have pairs at 5 µm. 1e-9 for the rounding of the distance.
    expect(nearest).toBeGreaterThan(15 - 1e-9);
    expect(nearest).toBeLessThan(18);
  });

  test("gives up honestly where the cells cannot fit", () => {
    const { cells, wanted } = place({ min_distance_um: 100 });
    expect(wanted).toBe(288);
    expect(cells.length).toBeLessThan(20);
    expect(cells.length).toBeGreaterThan(1);
  });

  test("places nothing at density 0", () => {
    expect(place({ density_per_mm3: 0 }, 4)).toEqual({ cells: [], wanted: 0 });
  });
});

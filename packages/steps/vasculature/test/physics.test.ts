// The equations of vessels: division, growth, blood path, transmission.
import { createRandom } from "@minisim/random";
import { murrayChildren } from "@minisim/step-vasculature";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bloodPathUm, centredGrid } from "../src/path-length.ts";
import { transmission } from "../src/transmission.ts";
import { growTree, type Segment } from "../src/tree.ts";
import oracle from "./fixtures/vasculature.json" with { type: "json" };

const { layer_defaults: layer, ca1_layer } = oracle;
const fov = [400, 500] as const;
const tree = (seed: number, shape: Partial<typeof layer> = {}) =>
  growTree({ ...layer, ...shape }, fov, createRandom(seed).stream("tree"));
const length = ({ y0, x0, y1, x1 }: Segment) => Math.hypot(y1 - y0, x1 - x0);
const heading = ({ y0, x0, y1, x1 }: Segment) => Math.atan2(y1 - y0, x1 - x0);

describe("division", () => {
  test.each(oracle.murray_children)("meets the oracle at r = $r, a = $a", ({ r, a, children }) => {
    const found = murrayChildren(r, a);
    // float64 formula: 1e-12 relative
    for (const k of [0, 1]) expect(Math.abs(found[k]! / children[k]! - 1)).toBeLessThan(1e-12);
  });

  test("conserves r³ and mirrors main and side", () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), share, (r, a) => {
        const [main, side] = murrayChildren(r, a);
        // Three cube roots and cubes of a few ulp each: 1e-14; the side is as exact as 1 − a is, at worst 1e-14 of it.
        expect(Math.abs((main ** 3 + side ** 3) / r ** 3 - 1)).toBeLessThan(1e-13);
        expect(Math.abs(murrayChildren(r, 1 - a)[0] / side - 1)).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("tree", () => {
  test("enters through each side of its field alike, within its ends, heading inward", () => {
    const trees = 800;
    const half = [200 + layer.root_radius_um, 250 + layer.root_radius_um] as const;
    const sides = [0, 0, 0, 0];
    let obliqueness = 0;
    for (let seed = 0; seed < trees; seed++) {
      const [stem] = tree(seed, { branch_prob: 0 });
      const { y0: y, x0: x } = stem!;
      const onEdge = [y === -half[0], y === half[0], x === -half[1], x === half[1]];
      expect(onEdge.filter(Boolean)).toHaveLength(1);
      expect(Math.abs(y) <= half[0] && Math.abs(x) <= half[1]).toBe(true);
      const side = onEdge.indexOf(true);
      sides[side]!++;
      // The stem comes from outside: its direction, root to far end, points outward.
      const [dy, dx] = [(stem!.y1 - y) / length(stem!), (stem!.x1 - x) / length(stem!)];
      expect([-dy, dy, -dx, dx][side]).toBeGreaterThan(0);
      obliqueness += (side < 2 ? dx * dx : dy * dy) / trees;
    }
    // Binomial(800, 1/4) has a standard deviation of 12.2; 5 of them.
    for (const count of sides) expect(Math.abs(count - trees / 4)).toBeLessThan(62);
    // sin² of the angle has mean 1/3 and variance 4/45 where the sine is uniform; 5 standard errors.
    expect(Math.abs(obliqueness - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / trees));
  });

  test("keeps its vessels outside the field away from the FOV", () => {
    for (let seed = 0; seed < 20; seed++) {
      const inFov = bloodPathUm(tree(seed), centredGrid({ height: 40, width: 50 }, 10));
      const beyond = fov[0] + fov[1];
      const pieces = tree(seed).filter((piece) => Math.abs(length(piece) - beyond) < 1e-6);
      expect(pieces.length).toBeGreaterThan(0);
      const without = tree(seed).filter((piece) => Math.abs(length(piece) - beyond) >= 1e-6);
      expect(bloodPathUm(without, centredGrid({ height: 40, width: 50 }, 10))).toEqual(inFov);
    }
  });

  test("a straight vessel crosses the whole field", () => {
    for (let seed = 0; seed < 20; seed++) {
      const pieces = tree(seed, { branch_prob: 0, tortuosity_deg: 0 });
      const direction = heading(pieces[1]!);
      for (const piece of pieces.slice(1)) {
        expect(piece.radius).toBe(layer.root_radius_um);
        // A heading recomputed from coordinates of some 100 µm: 1e-16 · 1000 / 33 per piece.
        expect(Math.abs(heading(piece) - direction)).toBeLessThan(1e-12);
      }
      const last = pieces.at(-1)!;
      const outside =
        Math.abs(last.y0) > 200 + layer.root_radius_um ||
        Math.abs(last.x0) > 250 + layer.root_radius_um;
      expect(outside).toBe(true);
    }
  });

  test("divides at every step where it must, by Murray's law and its angles", () => {
    const pieces = tree(0, { branch_prob: 1, tortuosity_deg: 0, step_per_radius: 0.1 });
    const radii = new Set(pieces.map((piece) => piece.radius));
    const [main, side] = murrayChildren(layer.root_radius_um, layer.branch_area_main);
    expect(radii.has(main) && radii.has(side)).toBe(true);
    expect(Math.min(...radii)).toBeGreaterThanOrEqual(layer.min_radius_um);
    // The main branch keeps 0.7 of r³, so the last one above the minimum is below minimum / ∛0.7.
    expect(Math.min(...radii)).toBeLessThan(layer.min_radius_um / Math.cbrt(0.7));
    const turn = (piece: Segment) => {
      const raw = heading(piece) - heading(pieces[1]!);
      return Math.abs(Math.atan2(Math.sin(raw), Math.cos(raw))) * (180 / Math.PI);
    };
    const firstMain = pieces.find((piece) => piece.radius === main)!;
    const firstSide = pieces.find((piece) => piece.radius === side)!;
    // Headings recomputed from coordinates, as above, over steps of 0.1 radii.
    expect(turn(firstMain)).toBeCloseTo(layer.branch_angle_deg, 8);
    expect(turn(firstSide)).toBeCloseTo((layer.branch_angle_deg * layer.root_radius_um) / side, 8);
  });

  test("wanders by the tortuosity", () => {
    const turns: number[] = [];
    for (let seed = 0; seed < 100; seed++) {
      const pieces = tree(seed, { branch_prob: 0, tortuosity_deg: 3 }).slice(1, -1);
      for (let i = 1; i < pieces.length; i++) {
        const raw = heading(pieces[i]!) - heading(pieces[i - 1]!);
        turns.push(Math.atan2(Math.sin(raw), Math.cos(raw)) * (180 / Math.PI));
      }
    }
    const variance = turns.reduce((sum, turn) => sum + turn * turn, 0) / turns.length;
    // A mean of n squared normals has a relative standard deviation of √(2/n); 5 of them.
    expect(Math.abs(variance / 9 - 1)).toBeLessThan(5 * Math.sqrt(2 / turns.length));
  });

  test("stops at 2000 steps", () => {
    const beyond = fov[0] + fov[1];
    const steps = Array.from({ length: 10 }, (_, seed) =>
      tree(seed, { min_radius_um: 0.2 }).filter((piece) => length(piece) < beyond / 2),
    );
    expect(Math.max(...steps.map((pieces) => pieces.length))).toBe(2000);
  });
});

describe("blood path and transmission", () => {
  const { vessels } = oracle;
  const segments = vessels.segments_um.map(([y0, x0, y1, x1, radius]) => ({
    y0: y0!,
    x0: x0!,
    y1: y1!,
    x1: x1!,
    radius: radius!,
  }));
  const grid = { height: 12, width: 18, pixel_size_um: 1, axis_row: 0, axis_col: 0 };

  test("meet the oracle", () => {
    const path = bloodPathUm(segments, grid);
    const mask = transmission(path, vessels);
    for (const [i, value] of vessels.path_length_um.flat().entries()) {
      // float64 formula: 1e-12 relative; √(r² − d²) near the rim loses digits in proportion to 1/value, values are ≥ 0.4.
      expect(Math.abs(path[i]! - value)).toBeLessThan(1e-12 * Math.max(value, 1));
    }
    for (const [i, value] of vessels.mask.flat().entries()) {
      expect(Math.abs(mask[i]! / value - 1)).toBeLessThan(1e-12);
    }
  });

  test("a disk holds the blood of a sphere, however it lies on the pixels", () => {
    const offset = fc.double({ min: -0.5, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(offset, offset, (y, x) => {
        const point = { y0: y, x0: x, y1: y, x1: x, radius: 8 };
        const path = bloodPathUm([point], centredGrid({ height: 81, width: 81 }, 0.25));
        const volume = path.reduce((sum, value) => sum + value, 0) * 0.25 ** 2;
        // 32 pixels to a radius: the rim's square root makes an error of order (1/32)^1.5 of the volume, 0.6 %.
        expect(Math.abs(volume / ((4 / 3) * Math.PI * 512) - 1)).toBeLessThan(0.006);
      }),
      { numRuns: 20 },
    );
  });

  test("a margin leaves the pixels of the FOV as they were, bit for bit", () => {
    const pieces = tree(7, ca1_layer);
    const small = bloodPathUm(pieces, centredGrid({ height: 61, width: 80 }, 1.7));
    const large = bloodPathUm(pieces, centredGrid({ height: 83, width: 102 }, 1.7));
    for (let row = 0; row < 61; row++) {
      const from = (row + 11) * 102 + 11;
      expect(large.subarray(from, from + 80)).toEqual(small.subarray(row * 80, row * 80 + 80));
    }
  });

  test("light falls with blood from 1 to what passes around it", () => {
    const blood = { opacity: 0.8, absorption_per_um: 0.05 };
    const through = transmission(Float64Array.of(0, 1, 10, 100, 10_000), blood);
    expect(through[0]).toBe(1);
    for (let i = 1; i < through.length; i++) expect(through[i]).toBeLessThan(through[i - 1]!);
    expect(through[4]).toBeCloseTo(0.2, 12);
  });
});

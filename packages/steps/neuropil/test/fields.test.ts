// The fields of the components: variance, correlation over space, contrast, no border, and the margin.
import { coarseGrid } from "@minisim/kernels";
import { toDense } from "@minisim/pipeline";
import { neuropil } from "@minisim/step-neuropil";
import { describe, expect, test } from "vitest";
import { componentNodes, fieldsOf, gaussianNodes, nodeGrid, spacingOf } from "../src/spatial.ts";
import { mean, sd } from "./statistics.ts";

const defaults = neuropil.params.parse({});
const keys = (n: number) => Array.from({ length: n }, (_, k) => [k, 77] as const);
const still = { spatial_contrast: 0, fluctuation_contrast: 0 };

/** A Gaussian field of unit variance over a square view, as its splines draw it. */
function fieldOver(side: number, sigma_px: number, key: readonly [number, number]): Float64Array {
  const view = { height: side, width: side };
  const spacing = spacingOf(sigma_px);
  const grid = nodeGrid(view, sigma_px);
  const nodes = gaussianNodes(grid, sigma_px / spacing, key);
  return toDense(fieldsOf(nodes, grid, view, spacing));
}

describe("a Gaussian field", () => {
  const [side, sigma, n] = [128, 10, 24] as const;
  const fields = keys(n).map((key) => fieldOver(side, sigma, key));
  // A field of width σ has about area / (4πσ²) independent patches: 13 a field, 313 in all.
  const patches = (n * side * side) / (4 * Math.PI * sigma * sigma);

  test("has mean 0 and variance 1 without looking at itself", () => {
    const all = fields.flatMap((field) => [...field]);
    expect(Math.abs(mean(all))).toBeLessThan(5 / Math.sqrt(patches));
    expect(Math.abs(mean(all.map((value) => value * value)) - 1)).toBeLessThan(
      5 * Math.sqrt(2 / patches),
    );
  });

  test("is as variable at the border as inside", () => {
    const square = (inside: boolean) =>
      mean(
        fields
          .flatMap((field) =>
            [...field].filter((_, i) => {
              const [y, x] = [Math.floor(i / side), i % side];
              return Math.min(y, x, side - 1 - y, side - 1 - x) >= sigma === inside;
            }),
          )
          .map((value) => value * value),
      );
    // The border of one σ holds about a third of the patches.
    expect(Math.abs(square(false) - square(true))).toBeLessThan(5 * Math.sqrt(8 / patches));
  });

  test.each([5, 10, 20])(
    "is correlated over %i px like white noise behind a Gaussian of 10 px",
    (lag) => {
      let product = 0;
      let count = 0;
      for (const field of fields) {
        for (let i = 0; i < field.length; i++) {
          if ((i % side) + lag >= side) continue;
          product += field[i]! * field[i + lag]!;
          count += 1;
        }
      }
      const expected = Math.exp(-(lag * lag) / (4 * sigma * sigma));
      expect(Math.abs(product / count - expected)).toBeLessThan(5 * Math.sqrt(2 / patches));
    },
  );

  test("keeps its nodes, bit for bit, when the margin grows", () => {
    const [narrow, wide] = [
      coarseGrid({ height: 60, width: 51 }, 4),
      coarseGrid({ height: 80, width: 71 }, 4),
    ];
    const [a, b] = [narrow, wide].map((grid) => gaussianNodes(grid, 2, [5, 6]));
    const [down, right] = [(wide.height - narrow.height) / 2, (wide.width - narrow.width) / 2];
    expect(down).toBeGreaterThan(0);
    for (let row = 0; row < narrow.height; row++) {
      for (let col = 0; col < narrow.width; col++) {
        expect(b![(row + down) * wide.width + col + right]).toBe(a![row * narrow.width + col]);
      }
    }
  });

  test("is noise of a pixel where it is no wider than one", () => {
    const field = fieldOver(64, 0.4, [1, 2]);
    // 4096 pixels, correlated over about two: 5 standard errors of a variance.
    expect(Math.abs(sd(field) ** 2 - 1)).toBeLessThan(5 * Math.sqrt((2 * 4) / 4096));
  });
});

describe("components", () => {
  const view = { height: 256, width: 256 };
  // Striatum: 256 px of 2.2 µm.
  const sigma = defaults.spatial_sigma_um / 2.2;
  const spacing = spacingOf(sigma);
  const grid = nodeGrid(view, sigma);
  const fields = (n: number, contrast = defaults) => {
    const nodes = componentNodes(grid, sigma / spacing, contrast, keys(n + 1));
    const all = toDense(fieldsOf(nodes, grid, view, spacing));
    return Array.from({ length: n }, (_, k) => all.subarray(k * 65_536, (k + 1) * 65_536));
  };

  test("without contrast are even light", () => {
    for (const field of fields(3, { ...defaults, ...still })) {
      for (const value of field) expect(value).toBeCloseTo(1, 12);
    }
  });

  test("are never negative, however strong the contrast", () => {
    const strong = { ...defaults, spatial_contrast: 1, fluctuation_contrast: 1 };
    const low = fields(4, strong).map((field) => Math.min(...field.filter((_, i) => i % 7 === 0)));
    expect(Math.min(...low)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...low)).toBeLessThan(0.05);
  });

  test("cancel in the mean image: its contrast is spatial_contrast for any number of them", () => {
    const images = [2, 16].map((n) => {
      const all = fields(n, { ...defaults, fluctuation_contrast: 0.2 });
      return Float64Array.from(all[0]!, (_, i) => mean(all.map((field) => field[i]!)));
    });
    // The pattern is the same, the noise of the components is gone: what is left is the spline of a product, of .06 · .2 squared.
    for (const [i, value] of images[0]!.entries()) {
      expect(Math.abs(value - images[1]![i]!)).toBeLessThan(0.005);
    }
  });

  test("are correlated over space as the fluctuation of striatum: .98, .97, .945, .88, .71 at 2, 5, 10, 20, 40 px", () => {
    const measured = { 2: 0.98, 5: 0.97, 10: 0.945, 20: 0.88, 40: 0.71 };
    for (const [lag, value] of Object.entries(measured)) {
      const found = Math.exp(-(Number(lag) ** 2) / (4 * sigma * sigma));
      // One frame of one recording; cells and vessels, which are not in here, take some of it at short distances.
      expect(Math.abs(found - value)).toBeLessThan(0.05);
    }
  });

  test("have the octave contrast of striatum at 16 and 32 px", () => {
    // A field behind a Gaussian of s has the variance σ²/(σ² + s²); between two of them, of s and 2s, there is the difference.
    const octave = (s: number) => {
      const left = (variance: number) => (sigma * sigma) / (sigma * sigma + variance);
      const variance = left(s * s) + left(4 * s * s) - 2 * left(2.5 * s * s);
      return defaults.spatial_contrast * Math.sqrt(variance);
    };
    // A frame of 256 px has about 256²/(4πσ²) = 4.5 patches, so its contrast has a relative standard error of 1/√9 = .33.
    expect(Math.abs(octave(16) / 0.0144 - 1)).toBeLessThan(0.33);
    expect(Math.abs(octave(32) / 0.0204 - 1)).toBeLessThan(0.33);
  });
});

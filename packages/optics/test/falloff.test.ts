// Radial profiles and the glow.
import { gaussianGlow, radialFalloff } from "@minisim/optics";
import { describe, expect, test } from "vitest";
import { expectClose } from "./cases.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const shapeOf = ([height, width]: number[]) => ({ height: height!, width: width! });

describe("radialFalloff", () => {
  const { shape, pixel_size_um, falloff, exponent, field } = oracles.radial_falloff;
  const [y, x] = oracles.radial_falloff.center_offset_um;
  const profile = { falloff, exponent, center_offset_um: [y!, x!] } as const;
  const computed = radialFalloff(profile, shapeOf(shape), pixel_size_um);

  test("oracle", () => {
    expect(computed).toHaveLength(field.flat().length);
    field.flat().forEach((value, i) => {
      expectClose(computed[i]!, value);
    });
  });

  test("the farthest corner has the falloff itself", () => {
    expectClose(Math.min(...computed), falloff);
  });

  test("is 1 at the centre, falloff at the corners, and 1 − (1 − falloff)(r/r_max)^exponent between", () => {
    const cubic = { falloff: 0.2, exponent: 3, center_offset_um: [0, 0] } as const;
    const square = radialFalloff(cubic, { height: 5, width: 5 }, 1);
    expect(square[12]).toBe(1);
    for (const corner of [0, 4, 20, 24]) expectClose(square[corner]!, 0.2);
    // Two pixels up from the centre: r = 2, r_max = √8.
    expectClose(square[2]!, 1 - 0.8 * (2 / Math.sqrt(8)) ** 3);
  });

  test("is 1 where its centre is, and lowest at the corner farthest from there", () => {
    const aside = { falloff: 0.2, exponent: 2, center_offset_um: [-2, -2] } as const;
    const square = radialFalloff(aside, { height: 5, width: 5 }, 1);
    expect(square[0]).toBe(1);
    expectClose(square[24]!, 0.2);
    expect(Math.min(...square)).toBe(square[24]);
  });

  test("the size of a pixel does not matter without an offset", () => {
    const centred = { ...profile, center_offset_um: [0, 0] } as const;
    const at = (pixel: number) => radialFalloff(centred, { height: 4, width: 7 }, pixel);
    at(1).forEach((value, i) => {
      expectClose(at(1.7)[i]!, value);
    });
  });

  test("a single pixel is its own centre", () => {
    const centred = { ...profile, center_offset_um: [0, 0] } as const;
    expect(radialFalloff(centred, { height: 1, width: 1 }, 1)).toEqual(Float64Array.of(1));
  });
});

test("gaussianGlow: oracle", () => {
  const { shape, pixel_size_um, gaussian_level_0p3: field } = oracles.leakage;
  const grid = shapeOf(shape);
  const computed = gaussianGlow(0.3, Math.min(grid.height, grid.width) / 4, grid, pixel_size_um);
  expect(computed).toHaveLength(field.flat().length);
  field.flat().forEach((value, i) => {
    expectClose(computed[i]!, value);
  });
});

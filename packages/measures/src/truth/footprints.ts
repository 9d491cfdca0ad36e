// Sizes, shapes and overlap of the footprints that a recording shows.
import type { FootprintStack } from "@minisim/footprint";
import { type Quantiles, quantilesOf } from "../median.ts";
import { shapeOf } from "./footprint-shape.ts";
import { overlapOf } from "./overlap.ts";

export interface FootprintMeasures {
  /** Whether sizes and shapes are those of detectable cells alone, as in a reference, or, without any, of all in view. */
  readonly shapes_of: "detectable" | "in_view";
  /** Full width at half of the maximum, px. */
  readonly fwhm_px: Quantiles;
  /** The same in the tissue, µm. */
  readonly fwhm_um: Quantiles;
  /** Length over width. */
  readonly axis_ratio: Quantiles;
  /** Distance of the next centre, over the median width. */
  readonly nearest_over_fwhm: Quantiles;
  /** Share of a cell's light in pixels that belong to other cells in view, too. */
  readonly shared_light: Quantiles;
  /** Cells in view that a cell shares pixels with. */
  readonly neighbours: Quantiles;
}

/** `isDetectable` tells of each footprint whether its cell can be found. */
export function footprintsOf(
  footprints: FootprintStack,
  isDetectable: (index: number) => boolean,
  pixel_size_um: number,
): FootprintMeasures {
  const all = Array.from({ length: footprints.length }, (_, index) => index);
  const found = all.filter(isDetectable);
  const measured = found.length > 0 ? found : all;
  const shapes = measured
    .map((index) => shapeOf(footprints.at(index)))
    .filter((one) => one !== null);
  const widths = shapes.map(({ fwhm_px }) => fwhm_px);
  const fwhm_px = quantilesOf(widths);
  const { shared_light, neighbours } = overlapOf(footprints);
  return {
    shapes_of: found.length > 0 ? "detectable" : "in_view",
    fwhm_px,
    fwhm_um: quantilesOf(widths.map((width) => width * pixel_size_um)),
    axis_ratio: quantilesOf(shapes.map(({ axis_ratio }) => axis_ratio)),
    nearest_over_fwhm: quantilesOf(nearest(shapes).map((distance) => distance / fwhm_px[50]!)),
    shared_light: quantilesOf(shared_light),
    neighbours: quantilesOf(neighbours),
  };
}

function nearest(shapes: readonly { readonly centre: readonly [number, number] }[]): number[] {
  if (shapes.length < 2) return [];
  return shapes.map(({ centre: [y, x] }, i) =>
    shapes.reduce((least, { centre: [v, u] }, k) => {
      return k === i ? least : Math.min(least, Math.sqrt((v - y) ** 2 + (u - x) ** 2));
    }, Number.POSITIVE_INFINITY),
  );
}

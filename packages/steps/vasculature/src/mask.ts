// The light that layers of vessels let through.
import { blurField } from "@minisim/kernels";
import { blurSigmaPx } from "@minisim/optics";
import type { SceneGeometry } from "@minisim/pipeline";
import type { Acquisition } from "@minisim/spec";
import { bloodPathUm, centredGrid } from "./path-length.ts";
import { type Blood, transmission } from "./transmission.ts";
import type { Segment } from "./tree.ts";

export interface Layer extends Blood {
  readonly depth_um: number;
  readonly segments: readonly Segment[];
}

export interface View {
  readonly acquisition: Acquisition;
  readonly geometry: SceneGeometry;
  /** Null where nothing has set a focal plane: then there is no defocus. */
  readonly focal_um: number | null;
}

/** The transmitted fraction over the canvas, blur included, of vessels whose radii are all multiplied by the same factor. */
export function shadeOf(
  layers: readonly Layer[],
  { acquisition, geometry, focal_um }: View,
): (radius: number) => Float64Array {
  const { canvas, pixel_size_um } = geometry;
  const grid = centredGrid(canvas, pixel_size_um);
  return (factor) => {
    const mask = new Float64Array(canvas.height * canvas.width).fill(1);
    for (const layer of layers) {
      const segments = layer.segments.map((one) => ({ ...one, radius: one.radius * factor }));
      const sharp = transmission(bloodPathUm(segments, grid), layer);
      const sigmaPx = blurSigmaPx({
        z_um: layer.depth_um,
        focal_um: focal_um ?? layer.depth_um,
        optics: acquisition.optics,
        tissue: acquisition.tissue,
        pixel_size_um,
      });
      const shade = blurField(sharp, canvas, sigmaPx, "nearest");
      // The blur may overshoot 1 by a rounding error.
      for (let i = 0; i < mask.length; i++) mask[i]! *= Math.min(Math.max(shade[i]!, 0), 1);
    }
    return mask;
  };
}

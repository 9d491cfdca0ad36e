// What an estimate may say beyond cells and motion: the background, and the mean of the corrected movie.
import type { Canvas } from "@minisim/footprint";
import type { EstimatedBackground, Rows } from "./metrics/estimate.ts";
import { shapeProblems } from "./motion-input.ts";

export interface ImageInput {
  /** Σ_k spatial_k · temporal_k, in any unit. */
  readonly background_light?: EstimatedBackground | null;
  /** height × width: the mean over time of the movie after motion correction. */
  readonly mean_image?: Rows | null;
}

/** A sentence for everything that is wrong; `canvas`: of the images as they are. */
export function imageProblems(
  { background_light: background, mean_image }: ImageInput,
  frames: number,
  { height, width }: Canvas,
): string[] {
  const count = background?.spatial?.shape?.[0] ?? "component";
  return [
    ...(background
      ? [
          ...shapeProblems("background_light.spatial", background.spatial, [count, height, width]),
          ...shapeProblems("background_light.temporal", background.temporal, [count, frames]),
        ]
      : []),
    ...(mean_image ? shapeProblems("mean_image", mean_image, [height, width]) : []),
  ];
}

// How much of the background an estimate has, and how crisp the mean of its corrected movie is.
import { type Canvas, FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";
import { canvasIn, type Orientation, uprightFootprints } from "./grid/orientation.ts";
import {
  type BackgroundErrors,
  backgroundErrors,
  type Factors,
  NO_BACKGROUND,
} from "./metrics/background.ts";
import { crispness } from "./metrics/crispness.ts";
import type { EstimatedBackground } from "./metrics/estimate.ts";
import type { ScoreInput } from "./score-options.ts";

export interface ImageScores extends BackgroundErrors {
  /** Of the mean image, as NoRMCorre's: in its unit per pixel; null without one. */
  readonly crispness: number | null;
}

/** The background is the light that the neuropil step made, in tissue at rest, as the lamp and the optics let it through. */
export function imageScores(input: ScoreInput): ImageScores {
  const { background_light, mean_image, grid, truth } = input;
  const [height, width] = truth.fov_shape;
  const own = canvasIn(grid.orientation, { height, width });
  const real = trueBackground(truth);
  return {
    ...(background_light && real
      ? backgroundErrors(estimatedFactors(background_light, own, grid.orientation), real)
      : NO_BACKGROUND),
    crispness: mean_image && crispness(mean_image.data, own),
  };
}

function estimatedFactors(
  { spatial, temporal }: EstimatedBackground,
  canvas: Canvas,
  orientation: Orientation,
): Factors {
  const [count, frames] = temporal.shape as readonly [number, number];
  const size = canvas.height * canvas.width;
  const images = Array.from({ length: count }, (_, k) => {
    const data = Float32Array.from(spatial.data.subarray(k * size, (k + 1) * size));
    const whole = FootprintStack.from([{ row: 0, col: 0, ...canvas, data }], canvas);
    return uprightFootprints(whole, orientation).at(0).data;
  });
  return { images, courses: rowsOf(temporal.data, count, frames) };
}

/** Null where the recording has none. */
function trueBackground(truth: GroundTruth): Factors | null {
  const [spatial, temporal] = [truth.neuropil_spatial, truth.neuropil_temporal];
  if (!spatial || !temporal) return null;
  const [count, height, width] = spatial.shape as [number, number, number];
  const size = height * width;
  const [lamp, lens] = [truth.illumination?.data, truth.vignette?.data];
  const images = rowsOf(spatial.data, count, size).map((image) =>
    Float64Array.from(image, (light, p) => light * (lamp?.[p] ?? 1) * (lens?.[p] ?? 1)),
  );
  return { images, courses: rowsOf(temporal.data, count, temporal.shape[1]!) };
}

const rowsOf = (data: Float32Array | Float64Array, count: number, length: number) =>
  Array.from({ length: count }, (_, k) => data.subarray(k * length, (k + 1) * length));

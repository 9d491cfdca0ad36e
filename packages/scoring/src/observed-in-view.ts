// The true footprints that estimates are held against.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";

/** The footprints that a pipeline can recover at best, on the field of view. */
export function observedInView(truth: GroundTruth): FootprintStack {
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  return truth.observed_footprints.crop({ top, left, height, width });
}

// What readers of results are told of the recording.
import type { ReadContext } from "@minisim/interop";
import type { Recorded } from "@minisim/recording";

/** Of the truth, which a recording has without a movie, too. */
export async function readContextOf(recording: Recorded): Promise<ReadContext> {
  const truth = await recording.truth();
  const [height, width] = truth.fov_shape;
  return {
    shape: [truth.n_frames, height, width],
    fps: recording.spec.acquisition.fps,
  };
}

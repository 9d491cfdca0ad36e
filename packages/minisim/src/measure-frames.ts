// What a frame of a plan costs: some of its first frames rendered and encoded, on this thread, and then forgotten.
import type { Plan } from "@minisim/pipeline";
import { containerOf, render } from "@minisim/render";
import type { Container } from "@minisim/spec";
import { encodeMovieChunk, type FrameData } from "@minisim/store";

export interface FrameCost {
  /** Frames that were timed; 0 where the plan has no movie. */
  readonly frames: number;
  /** Rendering and encoding of one frame, on one core. */
  readonly seconds: number;
  /** Bytes that a frame takes encoded. */
  readonly bytes: number;
  /** Until the first frame was there. */
  readonly warm_up_s: number;
}

const BLOCK = 8;
/** The first block warms up, and is timed only where there is no other. */
const BLOCKS = 3;

/** @throws RangeError for an unknown stage `until`; the signal's reason when aborted. */
export async function measureFrames(
  { program }: Plan,
  {
    until,
    signal,
  }: { readonly until?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<FrameCost> {
  const { n_frames, fov } = program.geometry;
  const dtype = containerOf(program, until);
  const wanted = Array.from({ length: Math.min(n_frames, BLOCK * BLOCKS) }, (_, frame) => frame);
  let last = performance.now();
  let [warm, timed, spent, encoded, done] = [0, 0, 0, 0, 0];
  const options = { frames: wanted, blockFrames: BLOCK, ...(until !== undefined && { until }) };
  for await (const { frames, data } of render(program, options)) {
    signal?.throwIfAborted();
    encoded += await encodedBytes(data, [frames.length, fov.height, fov.width], dtype);
    const took = performance.now() - last;
    last += took;
    if (done === 0) warm = took;
    if (done > 0 || wanted.length <= BLOCK) {
      spent += took;
      timed += frames.length;
    }
    done += frames.length;
  }
  const seconds = timed === 0 ? 0 : spent / 1000 / timed;
  const warm_up_s = Math.max(0, warm / 1000 - seconds * Math.min(BLOCK, wanted.length));
  return { frames: timed, seconds, bytes: done === 0 ? 0 : encoded / done, warm_up_s };
}

async function encodedBytes(
  data: FrameData,
  shape: readonly [number, number, number],
  dtype: Container,
): Promise<number> {
  const layout = { path: "observed", shape, dtype, chunkRows: shape[0] };
  return (await encodeMovieChunk(layout, 0, data)).length;
}

// Frames of a plan: some at once from a renderer that is warm, many from all cores.
import type { Plan } from "@minisim/pipeline";
import { checkedRange, type FrameRange, type MovieBlock } from "@minisim/recording";
import { availableWorkers, viewOf } from "@minisim/render";
import { liveRecording } from "minisim";
import type { WarmRenderers } from "./warm-renderers.ts";

/** Threads start in about the time that one renders so many frames: a second, at 20 ms a frame of a Miniscope V4. Measured on two cores. */
const FEW_FRAMES = 64;

/** The observed movie in its container, or the light after a stage, cropped to the field of view. @throws RangeError */
export async function* liveFrames(
  plan: Plan,
  range: FrameRange,
  stage: string | undefined,
  warm: WarmRenderers,
  signal: AbortSignal,
): AsyncGenerator<MovieBlock> {
  const length = range.end - range.start;
  const view = viewOf(plan.program, stage === undefined ? {} : { until: stage });
  if (!view && stage !== undefined) {
    const { stages } = plan.program;
    const names = stages.filter(({ space }) => space !== null).map(({ name }) => name);
    throw new RangeError(
      `There is no movie yet at the stage "${stage}"; there is at ${names.join(", ")}.`,
    );
  }
  if (!view || length > FEW_FRAMES) {
    yield* liveRecording(plan, { workers: availableWorkers(), signal }).frames(range, stage);
    return;
  }
  const { start, end } = checkedRange(range, plan.program.geometry.n_frames);
  const numbers = Array.from({ length: end - start }, (_, i) => start + i);
  const renderer = await warm.of(plan);
  for (const { frames, data } of renderer.blocks(numbers, view)) {
    signal.throwIfAborted();
    yield { start: frames[0]!, end: frames.at(-1)! + 1, data };
  }
}

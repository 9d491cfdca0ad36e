// A recording that is not made yet: its frames are rendered when they are asked for, and kept nowhere.
import { groundTruth } from "@minisim/finalize";
import type { Plan } from "@minisim/pipeline";
import {
  checkedRange,
  type FrameRange,
  type GroundTruth,
  type MovieBlock,
  type Recorded,
} from "@minisim/recording";
import { containerOf, type RenderOptions, render } from "@minisim/render";
import { reachOf } from "./reach.ts";

export interface LiveOptions
  extends Pick<RenderOptions, "workers" | "until" | "backend" | "signal"> {}

/**
 * The recording of a plan. Every pass over its frames renders them, on `workers` threads.
 * @throws RangeError for an unknown stage `until`.
 */
export function liveRecording(plan: Plan, options: LiveOptions = {}): Recorded {
  const { spec, cache_key, step_revisions, step_packages, program, warnings } = plan;
  const { fov, n_frames } = program.geometry;
  const { until, ...rest } = options;
  const { hasMovie } = reachOf(plan, until);
  const total = hasMovie ? n_frames : 0;
  let truth: GroundTruth | undefined;
  return Object.freeze({
    spec,
    cache_key,
    step_revisions,
    step_packages,
    shape: [total, fov.height, fov.width] as const,
    container: containerOf(program, until),
    warnings,
    async truth() {
      truth ??= groundTruth(plan);
      return truth;
    },
    async *frames(range?: FrameRange, stage = until): AsyncGenerator<MovieBlock> {
      const { start, end } = checkedRange(range, reachOf(plan, stage).hasMovie ? n_frames : 0);
      const frames = Array.from({ length: end - start }, (_, i) => start + i);
      const view = { ...rest, frames, ...(stage !== undefined && { until: stage }) };
      for await (const { frames: some, data } of render(program, view)) {
        yield { start: some[0]!, end: some.at(-1)! + 1, data };
      }
    },
  });
}

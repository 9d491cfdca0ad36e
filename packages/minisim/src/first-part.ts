// What stands for a long recording where its cost is asked: its first frames, compiled within seconds.
import { expectedWork, type Plan } from "@minisim/pipeline";
import type { Simulator } from "@minisim/simulator";
import { geometryOf, type ParsedSpec, type Spec } from "@minisim/spec";

/** The cells are those of the whole and its frames cost the same; compiling takes its share of the operations. */
export interface FirstPart {
  /** Of the first frames; of all, where they are few. */
  readonly plan: Plan;
  /** Frames of the whole. */
  readonly n_frames: number;
  /** How many times as long as this the whole takes to compile. */
  readonly times: number;
  readonly compile_s: number;
}

/** Of the compile of a part: some seconds. */
const MOST_OPERATIONS = 5e9;
const LEAST_FRAMES = 64;

/** Compiles the first part of a spec's recording, short enough that it takes seconds. @throws as `compile` of the simulator. */
export function compileFirstPart(
  spec: Spec,
  simulator: Simulator,
  signal?: AbortSignal | undefined,
): FirstPart {
  const operations = (part: Spec) => expectedWork(part, simulator.steps).operations;
  const { n_frames } = geometryOf(spec.acquisition);
  let frames = n_frames;
  while (frames > LEAST_FRAMES && operations(firstFrames(spec, frames)) > MOST_OPERATIONS)
    frames >>= 1;
  // What brings traces of its own has as many frames as these.
  if (!simulator.Spec.safeParse(firstFrames(spec, frames)).ok) frames = n_frames;
  const part = firstFrames(spec, frames);
  const start = performance.now();
  const plan = simulator.compile(part as ParsedSpec, signal ? { signal } : {});
  const compile_s = (performance.now() - start) / 1000;
  return { plan, n_frames, times: operations(spec) / Math.max(1, operations(part)), compile_s };
}

/** The recording of the first frames of a spec's; with all of them, the spec. */
export function firstFrames(spec: Spec, frames: number): Spec {
  const { acquisition } = spec;
  if (frames >= geometryOf(acquisition).n_frames) return spec;
  return { ...spec, acquisition: { ...acquisition, duration_s: frames / acquisition.fps } };
}

// Recording: the spec, the observed movie, and the truth that produced it.
import type { Issue, Spec } from "@minisim/spec";
import type { MovieNdArray } from "./array.ts";
import type { GroundTruth } from "./ground-truth.ts";

/** The movie at one stage of the simulation. */
export interface StageMovie {
  readonly name: string;
  /** frame × height × width. Before motion the frames are the whole canvas, margin included. */
  readonly movie: MovieNdArray;
  /** Where the sensor's field of view begins in these frames: (top, left); (0, 0) once they are the field of view. */
  readonly fov_offset: readonly [number, number];
}

/** Renders frames again, at any stage: frames are pure functions of the spec and their number. */
export interface FrameSource {
  /** Stage names with the step kinds they belong to, in order. */
  readonly stages: readonly { readonly name: string; readonly kind: string }[];
  /** @throws RangeError that lists the stages when there is no such stage, or names the range of frames. */
  render(frames: readonly number[], stage?: string): Promise<StageMovie>;
}

export interface RecordingData {
  readonly spec: Spec;
  /** frame × height × width: integer counts in the float container of output.store_dtype; continuous without a sensor. */
  readonly observed: MovieNdArray;
  readonly ground_truth: GroundTruth;
  /** Movies kept while simulating (output.save_intermediates), by stage name. */
  readonly snapshots?: Readonly<Record<string, StageMovie>>;
  readonly source?: FrameSource;
  /** What the user should know about this recording. */
  readonly warnings?: readonly Issue[];
}

export class Recording {
  readonly spec: Spec;
  readonly observed: MovieNdArray;
  readonly ground_truth: GroundTruth;
  readonly snapshots: Readonly<Record<string, StageMovie>>;
  readonly warnings: readonly Issue[];
  readonly #source: FrameSource | undefined;

  constructor(data: RecordingData) {
    this.spec = data.spec;
    this.observed = data.observed;
    this.ground_truth = data.ground_truth;
    this.snapshots = Object.freeze({ ...data.snapshots });
    this.warnings = Object.freeze([...(data.warnings ?? [])]);
    this.#source = data.source;
    Object.freeze(this);
  }

  /**
   * The movie after a stage, by stage name or step kind: the snapshot where one was kept, rendered again otherwise.
   * @throws RangeError that lists the stages when there is no such stage.
   */
  async stage(name: string): Promise<StageMovie> {
    const known = this.#source?.stages.find((stage) => stage.name === name || stage.kind === name);
    const kept = this.snapshots[known?.name ?? name];
    if (kept) return kept;
    if (this.#source) return this.#source.render(this.#allFrames(), name);
    const names = Object.keys(this.snapshots);
    throw new RangeError(
      `There is no stage "${name}"; ` +
        (names.length > 0
          ? `this recording keeps ${names.join(", ")}.`
          : "this recording keeps none (set output.save_intermediates)."),
    );
  }

  /** One frame of the observed movie, 1 × height × width, or of a stage when one is named. */
  async frame(t: number, stage?: string): Promise<StageMovie> {
    if (!this.#source) throw new Error("This recording cannot render frames: it has no source.");
    return this.#source.render([t], stage);
  }

  #allFrames(): number[] {
    return [...Array(this.ground_truth.C.shape[1]!).keys()];
  }
}

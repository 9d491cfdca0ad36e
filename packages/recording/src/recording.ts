// Recording: the spec, the observed movie, and the truth that produced it, in memory.
import type { Container, Issue, Spec, StepPackage } from "@minisim/spec";
import { type MovieNdArray, moviePixels } from "./array.ts";
import { containerFor, inContainer } from "./container.ts";
import type { GroundTruth } from "./ground-truth.ts";
import { checkedRange, type FrameRange, type MovieBlock, type Recorded } from "./recorded.ts";
import { croppedTo, type FrameSource, type StageMovie } from "./stage.ts";

export interface RecordingData {
  readonly spec: Spec;
  /** Of the spec; empty where nobody knows the steps. */
  readonly cache_key?: string;
  /** Of the steps that made it, by kind; empty where nobody knows them. */
  readonly step_revisions?: Readonly<Record<string, number>>;
  /** That brought these steps, by kind; without those of which nobody knows it. */
  readonly step_packages?: Readonly<Record<string, StepPackage>>;
  /** frame × height × width: integer counts in the float container of output.store_dtype; continuous without a sensor. */
  readonly observed: MovieNdArray;
  /** The narrowest number type that holds the movie. Where it is not given, the values tell. */
  readonly container?: Container;
  readonly ground_truth: GroundTruth;
  /** Movies kept while simulating (output.save_intermediates), by stage name. */
  readonly snapshots?: Readonly<Record<string, StageMovie>>;
  readonly source?: FrameSource;
  /** What the user should know about this recording. */
  readonly warnings?: readonly Issue[];
}

// A few MB: no second movie in memory.
const BLOCK_VALUES = 1 << 20;

export class Recording implements Recorded {
  readonly spec: Spec;
  readonly cache_key: string;
  readonly step_revisions: Readonly<Record<string, number>>;
  readonly step_packages: Readonly<Record<string, StepPackage>>;
  readonly observed: MovieNdArray;
  readonly shape: Recorded["shape"];
  readonly container: Container;
  readonly ground_truth: GroundTruth;
  readonly snapshots: Readonly<Record<string, StageMovie>>;
  readonly warnings: readonly Issue[];
  readonly #source: FrameSource | undefined;

  constructor(data: RecordingData) {
    const { spec, cache_key = "", observed, ground_truth } = data;
    this.spec = spec;
    this.cache_key = cache_key;
    this.step_revisions = Object.freeze({ ...data.step_revisions });
    this.step_packages = Object.freeze({ ...data.step_packages });
    this.observed = observed;
    this.shape = observed.shape as [number, number, number];
    this.container =
      data.container ??
      containerFor(moviePixels(observed), spec.acquisition.image_sensor.bit_depth);
    this.ground_truth = ground_truth;
    this.snapshots = Object.freeze({ ...data.snapshots });
    this.warnings = Object.freeze([...(data.warnings ?? [])]);
    this.#source = data.source;
    Object.freeze(this);
  }

  async truth(): Promise<GroundTruth> {
    return this.ground_truth;
  }

  async *frames(range?: FrameRange, stage?: string): AsyncGenerator<MovieBlock> {
    const total = stage === undefined ? this.shape[0] : this.ground_truth.n_frames;
    const { start: first, end: last } = checkedRange(range, total);
    const [height, width] = this.ground_truth.fov_shape;
    const step = Math.max(1, Math.floor(BLOCK_VALUES / (height * width)));
    const observed = stage === undefined ? moviePixels(this.observed) : undefined;
    for (let start = first; start < last; start += step) {
      const end = Math.min(start + step, last);
      const data = observed
        ? inContainer(
            observed.subarray(start * height * width, end * height * width),
            this.container,
          )
        : croppedTo({ height, width }, await this.#stageFrames(stage!, start, end));
      yield { start, end, data };
    }
  }

  /**
   * The movie after a stage, by stage name or step kind: the snapshot where one was kept, rendered again otherwise.
   * @throws RangeError that lists the stages when there is no such stage.
   */
  async stage(name: string): Promise<StageMovie> {
    return this.#kept(name) ?? this.#render(name, 0, this.ground_truth.n_frames);
  }

  /** One frame of the observed movie, 1 × height × width, or of a stage when one is named. */
  async frame(t: number, stage?: string): Promise<StageMovie> {
    if (!this.#source) throw new Error("This recording cannot render frames: it has no source.");
    return this.#source.render([t], stage);
  }

  async #stageFrames(stage: string, start: number, end: number): Promise<StageMovie> {
    const kept = this.#kept(stage);
    if (!kept) return this.#render(stage, start, end);
    const movie = kept.movie
      .lo(start, 0, 0)
      .hi(end - start, kept.movie.shape[1]!, kept.movie.shape[2]!);
    return { ...kept, movie };
  }

  #kept(name: string): StageMovie | undefined {
    const known = this.#source?.stages.find((stage) => stage.name === name || stage.kind === name);
    return this.snapshots[known?.name ?? name];
  }

  async #render(name: string, start: number, end: number): Promise<StageMovie> {
    const wanted = Array.from({ length: end - start }, (_, i) => start + i);
    if (this.#source) return this.#source.render(wanted, name);
    const names = Object.keys(this.snapshots);
    throw new RangeError(
      `There is no stage "${name}"; ` +
        (names.length > 0
          ? `this recording keeps ${names.join(", ")}.`
          : "this recording keeps none (set output.save_intermediates)."),
    );
  }
}

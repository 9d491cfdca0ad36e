// Renders runs of frames on several threads. Jobs are handed out as threads become free, and results come in order.
import type { FrameProgram } from "@minisim/pipeline/rendering";
import { availableWorkers } from "#threads";
import { Assembly } from "./assembly.ts";
import { type Delivery, type FromWorker, namesOf, revivedError } from "./messages.ts";
import { asItIs, shared, toPortable } from "./portable.ts";
import { checkedBlock, type RendererOptions, type ViewOptions, viewOf } from "./renderer.ts";
import { startInline, type Thread, type ThreadEvents } from "./threads.ts";
import { type BlockWeights, weightReader } from "./weights.ts";
import { ThreadSet, type WorkerSet } from "./worker-set.ts";

export { availableWorkers };

export interface PoolOptions extends RendererOptions, ViewOptions {
  /** Threads beside this one; 0 or 1: none, jobs run on the calling thread. All that the machine has where absent. */
  readonly workers?: number | undefined;
  /** Threads of `startWorkerSet`. This pool takes what it needs of them and stops the others. */
  readonly workerSet?: WorkerSet | undefined;
}

export interface RunOptions {
  /** What becomes of finished frames where they were rendered; where absent they come back as a `Chunk`. */
  readonly delivery?: Delivery | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after every block with the frames rendered so far, of all jobs. */
  readonly onProgress?:
    | ((progress: { readonly done: number; readonly total: number }) => void)
    | undefined;
}

/** Where the time went. Seconds of different workers pass at the same time. */
export interface PoolProfile {
  /** Time of the calling thread, to make operands portable and to gather weights. */
  readonly operands_s: number;
  readonly weights_s: number;
  readonly workers: readonly {
    readonly frames: number;
    /** Loading code, setting up the operands. */
    readonly start_s: number;
    readonly render_s: number;
    readonly deliver_s: number;
  }[];
}

export interface RenderPool {
  /** Threads at work, the calling one included where there are no others. */
  readonly size: number;
  readonly profile: PoolProfile;
  /**
   * Renders each run of frames as one job. Yields what the delivery made of it, or a `Chunk`, in the order of the jobs. At
   * most three jobs a worker are under way or wait to be taken, so the consumer's pace is the pool's. One run at a time; after
   * a failure, an abort or a consumer that breaks off, the pool is released.
   * @throws Error that names the frames when they cannot be rendered or a worker dies; the signal's reason when aborted.
   */
  run(jobs: readonly Int32Array[], options?: RunOptions): AsyncGenerator<unknown, void, undefined>;
  /** Stops all threads. Resolves once none of them does anything any more. */
  release(): Promise<void>;
}

/** @throws RangeError for an unknown stage, a stage without a movie, a block of no frames or a wrong number of workers. */
export function createPool(program: FrameProgram, options: PoolOptions = {}): RenderPool {
  const workers = checkedWorkers(options.workers ?? availableWorkers());
  checkedBlock(program.geometry, options.blockFrames);
  if (!viewOf(program, options)) throw new RangeError("There is no movie yet at this stage.");
  return new Pool(program, workers, options);
}

export function checkedWorkers(workers: number): number {
  if (Number.isInteger(workers) && workers >= 0) return workers;
  throw new RangeError(`The number of workers is whole and at least 0, not ${workers}.`);
}

/** What can be sent to another thread. */
function portableDelivery({ local: _, ...delivery }: Delivery): Delivery {
  return delivery;
}

interface Member {
  readonly thread: Thread;
  /** Handed to this thread and not rendered yet, the one under work first. */
  readonly jobs: { readonly frames: Int32Array; left: number }[];
  ready: boolean;
  readonly profile: { frames: number; start_s: number; render_s: number; deliver_s: number };
}

interface Run {
  readonly jobs: readonly Int32Array[];
  readonly results: Map<number, unknown>;
  readonly progress: (frames: number) => void;
  handedOut: number;
  taken: number;
}

class Pool implements RenderPool {
  readonly profile: { operands_s: number; weights_s: number; workers: Member["profile"][] };
  readonly #members: Member[];
  readonly #inline: boolean;
  readonly #weights: (frames: Int32Array) => BlockWeights;
  /** The frames that are rendered for those that a job delivers. */
  readonly #rendered: (delivered: Int32Array) => Int32Array;
  #run: Run | undefined;
  /** An Error, or whatever the signal was aborted with. */
  #failure: unknown;
  #wake: () => void = () => {};

  constructor(program: FrameProgram, workers: number, options: PoolOptions) {
    const began = performance.now();
    const { until, taps, blockFrames, backend } = options;
    const inline = workers < 2;
    this.#inline = inline;
    const { workerSet } = options;
    const threads = workerSet instanceof ThreadSet ? workerSet : new ThreadSet(0);
    const start = inline ? startInline : (events: ThreadEvents) => threads.take(events);
    this.#members = Array.from({ length: Math.max(1, workers) }, (_, index): Member => {
      const thread = start({
        onMessage: (message) => this.#onMessage(this.#members[index]!, message),
        onExit: (problem) => this.#onExit(this.#members[index]!, problem),
      });
      return {
        thread,
        jobs: [],
        ready: false,
        profile: { frames: 0, start_s: 0, render_s: 0, deliver_s: 0 },
      };
    });
    void threads.release();
    // Threads take a moment to start; meanwhile the operands are put where all of them can see them.
    const work = {
      program: toPortable(program, inline ? asItIs : shared),
      ...(until !== undefined && { until }),
      taps,
      blockFrames,
      backend,
    };
    for (const { thread } of this.#members) thread.post({ type: "open", work }, []);
    this.#weights = weightReader(program);
    const assembly = new Assembly(program);
    const view = viewOf(program, options)!;
    this.#rendered = (frames) =>
      assembly.isIn(view) ? assembly.takes(frames, view).frames : frames;
    const operands_s = (performance.now() - began) / 1000;
    const profiles = this.#members.map((member) => member.profile);
    this.profile = { operands_s, weights_s: 0, workers: profiles };
  }

  get size(): number {
    return this.#members.length;
  }

  async *run(
    jobs: readonly Int32Array[],
    { delivery, signal, onProgress }: RunOptions = {},
  ): AsyncGenerator<unknown, void, undefined> {
    if (this.#run) throw new Error("The pool has a run under way.");
    const total = jobs.reduce((sum, job) => sum + this.#rendered(job).length, 0);
    let done = 0;
    const progress = (frames: number) => {
      done += frames;
      onProgress?.({ done, total });
    };
    const run: Run = { jobs, results: new Map(), progress, handedOut: 0, taken: 0 };
    const abort = () => this.#fail(signal!.reason);
    this.#run = run;
    signal?.addEventListener("abort", abort);
    try {
      if (signal?.aborted) abort();
      const sent = delivery && (this.#inline ? delivery : portableDelivery(delivery));
      for (const { thread } of this.#members) thread.post({ type: "deliver", delivery: sent }, []);
      while (run.taken < jobs.length) {
        if (this.#failure !== undefined) throw this.#failure;
        this.#handOut(run);
        if (!run.results.has(run.taken)) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          continue;
        }
        const result = run.results.get(run.taken);
        run.results.delete(run.taken);
        run.taken += 1;
        yield result;
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#run = undefined;
      if (run.taken < jobs.length || this.#failure !== undefined) await this.release();
    }
  }

  async release(): Promise<void> {
    this.#failure ??= new Error("The pool was released.");
    this.#wake();
    await Promise.all(this.#members.map(({ thread }) => thread.stop()));
  }

  #handOut(run: Run): void {
    for (;;) {
      const left = run.jobs.length - run.handedOut;
      if (left === 0 || run.handedOut - run.taken >= 3 * this.size) return;
      const free = this.#members.reduce((a, b) => (b.jobs.length < a.jobs.length ? b : a));
      // Two jobs wait at each worker, so that none waits for this thread, which has longer things to do; the last ones go to whoever is free.
      if (free.jobs.length >= Math.min(3, Math.ceil(left / this.size))) return;
      this.#give(free, run);
    }
  }

  #give({ thread, jobs }: Member, run: Run): void {
    const began = performance.now();
    const frames = run.jobs[run.handedOut]!;
    const rendered = this.#rendered(frames);
    const weights = this.#weights(rendered).map((some) => some?.slice());
    const job = { number: run.handedOut, frames, weights };
    run.handedOut += 1;
    jobs.push({ frames, left: rendered.length });
    const transfer = weights.flatMap((some) => (some ? [some.buffer] : []));
    thread.post({ type: "job", job }, transfer);
    this.profile.weights_s += (performance.now() - began) / 1000;
  }

  #onMessage(member: Member, message: FromWorker): void {
    if (this.#failure !== undefined) return;
    const run = this.#run;
    if (message.type === "failed") {
      this.#fail(revivedError(message.error));
    } else if (message.type === "ready") {
      member.ready = true;
      member.profile.start_s = message.startSeconds;
    } else if (message.type === "progress") {
      member.profile.frames += message.frames;
      const current = member.jobs[0]!;
      current.left -= message.frames;
      run?.progress(message.frames);
      if (current.left > 0) return;
      member.jobs.shift();
      if (run) this.#handOut(run);
    } else if (run) {
      member.profile.render_s += message.renderSeconds;
      member.profile.deliver_s += message.deliverSeconds;
      run.results.set(message.job, message.result);
      this.#handOut(run);
      this.#wake();
    }
  }

  #onExit({ jobs, ready }: Member, problem: string): void {
    const during = jobs[0] ? ` while it rendered ${namesOf(jobs[0].frames)}` : "";
    this.#fail(new Error(`A render worker ${problem}${ready ? during : " at its start"}.`));
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#wake();
  }
}

// Threads that are started before there is anything to render: they load their code while the calling thread compiles.
import { startThread } from "#threads";
import type { Thread, ThreadEvents } from "./threads.ts";

/** Threads for one pool. */
export interface WorkerSet {
  readonly size: number;
  /** Stops the threads that no pool has taken. */
  release(): Promise<void>;
}

/**
 * Starts threads for a pool. They load the renderer and `module`, the module of the pool's delivery. Fewer than 2 workers are no
 * threads, as in a pool.
 */
export function startWorkerSet(workers: number, module?: string): WorkerSet {
  return new ThreadSet(workers < 2 ? 0 : workers, module);
}

export class ThreadSet implements WorkerSet {
  #waiting: WaitingThread[];

  constructor(workers: number, module?: string) {
    this.#waiting = Array.from({ length: workers }, () => new WaitingThread(module));
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** A thread that reports to `events` from now on. It is one of those that wait, or a new one. */
  take(events: ThreadEvents): Thread {
    const waiting = this.#waiting.pop();
    return waiting ? waiting.reportTo(events) : startThread(events);
  }

  async release(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    await Promise.all(waiting.map(({ thread }) => thread.stop()));
  }
}

/** A thread that nobody listens to yet. It posts nothing by itself, but it may exit. */
class WaitingThread {
  readonly thread: Thread;
  #events: ThreadEvents | undefined;
  #problem: string | undefined;

  constructor(module: string | undefined) {
    this.thread = startThread({
      onMessage: (message) => this.#events?.onMessage(message),
      onExit: (problem) => {
        this.#problem = problem;
        this.#events?.onExit(problem);
      },
    });
    if (module !== undefined) this.thread.post({ type: "load", module }, []);
  }

  reportTo(events: ThreadEvents): Thread {
    this.#events = events;
    const problem = this.#problem;
    if (problem !== undefined) queueMicrotask(() => events.onExit(problem));
    return this.thread;
  }
}

// Threads that are started before there is anything to render: they load their code while the calling thread compiles.
import { startThread } from "#threads";
import type { Thread, ThreadEvents } from "./threads.ts";

/** Threads for one pool. */
export interface Crew {
  readonly size: number;
  /** Stops those that no pool has taken. */
  release(): Promise<void>;
}

/**
 * Starts threads for a pool. `module` is that of the pool's delivery: what is loaded beforehand beside the renderer itself.
 * Fewer than 2 are none, as in a pool.
 */
export function startCrew(workers: number, module?: string): Crew {
  return new ThreadCrew(workers < 2 ? 0 : workers, module);
}

export class ThreadCrew implements Crew {
  #waiting: Recruit[];

  constructor(workers: number, module?: string) {
    this.#waiting = Array.from({ length: workers }, () => new Recruit(module));
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** A thread that posts to `events` from now on: one that waits, or a new one. */
  take(events: ThreadEvents): Thread {
    const recruit = this.#waiting.pop();
    return recruit ? recruit.join(events) : startThread(events);
  }

  async release(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    await Promise.all(waiting.map(({ thread }) => thread.stop()));
  }
}

/** A thread that nobody listens to yet. It says nothing unasked, but may die. */
class Recruit {
  readonly thread: Thread;
  #events: ThreadEvents | undefined;
  #problem: string | undefined;

  constructor(module: string | undefined) {
    this.thread = startThread({
      message: (message) => this.#events?.message(message),
      gone: (problem) => {
        this.#problem = problem;
        this.#events?.gone(problem);
      },
    });
    if (module !== undefined) this.thread.post({ type: "load", module }, []);
  }

  join(events: ThreadEvents): Thread {
    this.#events = events;
    const problem = this.#problem;
    if (problem !== undefined) queueMicrotask(() => events.gone(problem));
    return this.thread;
  }
}

// What a pool needs of a platform: threads to post messages to. "#threads" is this for Node or for browsers, by condition.
import type { FromWorker, ToWorker } from "./messages.ts";
import { serve } from "./worker.ts";

export interface Thread {
  post(message: ToWorker, transfer: ArrayBuffer[]): void;
  /** Resolves once nothing of the thread runs any more. */
  stop(): Promise<void>;
}

export interface ThreadEvents {
  onMessage(message: FromWorker): void;
  /** The thread has ended and nobody stopped it. `problem` continues "A worker": "stopped with exit code 3". */
  onExit(problem: string): void;
}

export type StartThread = (events: ThreadEvents) => Thread;

// Long enough that the pause costs nothing, short enough that abort and progress feel immediate.
const YIELD_AFTER_MS = 40;

/** Makes a function that lets other tasks of this thread run, at most every 40 ms; it returns undefined in between. */
export function eventLoopYielder(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last <= YIELD_AFTER_MS) return undefined;
    return new Promise((resolve) =>
      setTimeout(() => {
        last = performance.now();
        resolve();
      }, 0),
    );
  };
}

/** No thread at all: jobs run on the calling one, with pauses between their blocks. */
export const startInline: StartThread = ({ onMessage }) => {
  let stopped = false;
  let busy: Promise<void> = Promise.resolve();
  const yieldToEventLoop = eventLoopYielder();
  const server = serve({
    started: performance.now(),
    post: (answer) => {
      if (!stopped) onMessage(answer);
    },
    async pause() {
      await yieldToEventLoop();
      if (stopped) throw new Error("stopped");
    },
  });
  return {
    post(request) {
      if (!stopped) busy = server.handle(request);
    },
    async stop() {
      stopped = true;
      await busy;
      await server.release();
    },
  };
};

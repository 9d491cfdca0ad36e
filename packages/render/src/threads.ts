// What a pool needs of a platform: threads to post messages to. "#threads" is this for Node or for browsers, by condition.
import type { FromWorker, ToWorker } from "./messages.ts";
import { serve } from "./worker.ts";

export interface Thread {
  post(message: ToWorker, transfer: ArrayBuffer[]): void;
  /** Resolves once nothing of the thread runs any more. */
  stop(): Promise<void>;
}

export interface ThreadEvents {
  message(message: FromWorker): void;
  /** The thread is gone and nobody stopped it. `problem` continues "A worker": "stopped with exit code 3". */
  gone(problem: string): void;
}

export type StartThread = (events: ThreadEvents) => Thread;

// Long enough that the pause costs nothing, short enough that abort and progress feel immediate.
const BREATHE_MS = 40;

/** A pause for what else waits on this thread, at most every 40 ms. */
export function breather(): () => Promise<void> | undefined {
  let breath = performance.now();
  return () => {
    if (performance.now() - breath <= BREATHE_MS) return undefined;
    return new Promise((resolve) =>
      setTimeout(() => {
        breath = performance.now();
        resolve();
      }, 0),
    );
  };
}

/** No thread at all: jobs run on the calling one, with pauses between their blocks. */
export const startInline: StartThread = ({ message }) => {
  let stopped = false;
  let busy: Promise<void> = Promise.resolve();
  const breathe = breather();
  const server = serve({
    started: performance.now(),
    post: (answer) => {
      if (!stopped) message(answer);
    },
    async pause() {
      await breathe();
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

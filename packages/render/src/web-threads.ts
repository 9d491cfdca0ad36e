// Threads of browsers: module workers.
import type { StartThread } from "./threads.ts";

/** Threads that can run at a time on this machine. */
export const availableWorkers = (): number => globalThis.navigator?.hardwareConcurrency ?? 1;

export const startThread: StartThread = ({ onMessage, onExit }) => {
  // Written out like this, so that bundlers find the worker and bundle it too.
  const worker = new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" });
  let stopped = false;
  const end = (problem: string) => {
    if (stopped) return;
    stopped = true;
    onExit(problem);
  };
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onmessageerror = () => end("sent what cannot be read");
  worker.onerror = (event) => {
    event.preventDefault();
    end(`failed (${event.message || "its script could not be loaded"})`);
  };
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    async stop() {
      stopped = true;
      worker.terminate();
    },
  };
};

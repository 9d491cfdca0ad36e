// Threads of Node.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { StartThread } from "./threads.ts";

/** Threads that can run at a time on this machine. */
export const availableWorkers = (): number => availableParallelism();

const here = import.meta.url;
const fromSources = here.endsWith(".ts");

export const startThread: StartThread = ({ onMessage, onExit }) => {
  let stopped = false;
  const worker = new Worker(
    new URL(fromSources ? "./node-worker-source.mjs" : "./node-worker.js", here),
    // Sources are reached by their condition; otherwise a worker is started as this process was.
    { workerData: Date.now(), ...(fromSources && { execArgv: ["-C", "@minisim/source"] }) },
  );
  const end = (problem: string) => {
    if (stopped) return;
    stopped = true;
    onExit(problem);
  };
  worker.on("message", onMessage);
  worker.on("messageerror", (error) => end(`sent what cannot be read (${error.message})`));
  worker.on("error", (error) => end(`failed (${error.message})`));
  worker.on("exit", (code) => end(`stopped with exit code ${code}`));
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    async stop() {
      stopped = true;
      await worker.terminate();
    },
  };
};

// The file that a worker thread of Node runs.
import { parentPort, workerData } from "node:worker_threads";
import { serve } from "./worker.ts";

const port = parentPort!;
// A worker's own clock starts with the process: when this one was made is told from outside.
const started = performance.now() - (Date.now() - workerData);
const server = serve({
  started,
  post: (message, transfer) => port.postMessage(message, transfer),
  // A delivery goes on beside the rendering only where its events get a turn.
  pause: () => new Promise((resolve) => setImmediate(resolve)),
});
port.on("message", server.handle);

// The file that a worker thread of Node runs.
import { parentPort, workerData } from "node:worker_threads";
import { serve } from "./worker.ts";

const port = parentPort!;
// The clock of a worker starts with the process. The calling thread says when it made this worker.
const started = performance.now() - (Date.now() - workerData);
const server = serve({
  started,
  post: (message, transfer) => port.postMessage(message, transfer),
  // A delivery goes on beside the rendering only where its events get a turn.
  pause: () => new Promise((resolve) => setImmediate(resolve)),
});
port.on("message", server.handle);

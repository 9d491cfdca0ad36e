// The file that a module worker of a browser runs.
import type { FromWorker, ToWorker } from "./messages.ts";
import { serve } from "./worker.ts";

// The types of a page are not those of a worker: what is used here of the latter.
interface WorkerScope {
  postMessage(message: FromWorker, transfer: ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
}

const scope = globalThis as WorkerScope;
const server = serve({
  started: 0,
  post: (message, transfer) => scope.postMessage(message, transfer),
});
scope.onmessage = ({ data }) => void server.handle(data);

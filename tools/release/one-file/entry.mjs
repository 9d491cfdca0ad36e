// All that the one file is: the command where it is started, a thread that renders where the command starts it again, and what such a
// thread does with the frames of a store. Outside of src: it takes files of the engine by their paths, which only a bundler may.
import { isMainThread } from "node:worker_threads";

export { storeChunks } from "../../../packages/minisim/src/node-deliver.ts";

if (isMainThread) {
  const { run } = await import("../../../apps/cli/src/main.ts");
  await run();
} else {
  await import("../../../packages/render/src/node-worker.ts");
}

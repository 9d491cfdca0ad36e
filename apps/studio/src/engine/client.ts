// The page's lines to its simulators, all of one script: one for the picture, and two that count, so that the long count can be ended at any
// time. A worker starts with the first call to it.
import { signal } from "@preact/signals";
import { restartable } from "./restartable.ts";
import type { StudioApi } from "./worker.ts";

export const simulatorNamed = (name: string, onEvent?: (event: unknown) => void) =>
  restartable<StudioApi>(
    () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name }),
    onEvent,
  );

/** How far the demixing under way is, 0..1. */
export const demixed = signal(0);

const pictures = simulatorNamed("pictures", (share) => {
  demixed.value = share as number;
});
export const simulator = pictures.call;
export const restartSimulator = pictures.restart;
export const windowCounter = simulatorNamed("count of the window");
export const recordingCounter = simulatorNamed("count of the recording");

// Runs in a browser: the same on two workers; how it ends when a worker cannot start; and whether memory could be shared.
import { simulate } from "minisim";
import { pinned } from "../specs.ts";
import { post, prints } from "./prints.ts";

post(async () => ({
  prints: await prints({ workers: 2 }),
  sharedMemory: typeof SharedArrayBuffer !== "undefined",
  failure: await failure(),
}));

async function failure(): Promise<string> {
  const Whole = globalThis.Worker;
  globalThis.Worker = class extends Whole {
    constructor() {
      super(URL.createObjectURL(new Blob(["{"], { type: "text/javascript" })), { type: "module" });
    }
  };
  try {
    await simulate(pinned.minimal, { workers: 2 });
    return "none";
  } catch (error) {
    return String(error);
  }
}

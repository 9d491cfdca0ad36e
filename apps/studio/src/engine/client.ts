// The page's line to the simulator.
import { connect } from "./rpc.ts";
import type { StudioApi } from "./worker.ts";

export const simulator = connect<StudioApi>(
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "simulator" }),
).call;

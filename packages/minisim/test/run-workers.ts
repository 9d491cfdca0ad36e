// A process of its own: one streamed simulation on two workers, one that is aborted, and no call of exit.
import process from "node:process";
import { simulateToStore } from "minisim/node";
import { rippled, rippling } from "./ripple.ts";

const path = process.argv[2]!;
const { movie } = await simulateToStore(rippled(), path, { simulator: rippling, workers: 2 });
const control = new AbortController();
const again = simulateToStore(rippled(), `${path}-2`, {
  simulator: rippling,
  workers: 2,
  signal: control.signal,
  onProgress: () => control.abort(new Error("enough")),
});
const reason = await again.catch((error: Error) => error.message);
process.stdout.write(`done ${movie.shape[0]}, then: ${reason}`);

// Saves a recording whose movie takes 1 MiB, for disk.posix.test.ts: in a process with limits of its own. Prints what went wrong.
import { PathError } from "@minisim/output";
import { nd, Recording } from "@minisim/recording";
import { saveRecording } from "@minisim/store/node";
import { counts, makeSpec, makeTruth } from "./make.ts";

const SIDE = 512;
const recording = new Recording({
  spec: makeSpec(),
  observed: nd(counts(4 * SIDE * SIDE), [4, SIDE, SIDE]),
  ground_truth: makeTruth({ frames: 4, fov: [SIDE, SIDE] }),
});
const user = Number(process.argv[3] ?? 0);
// No permission stops the superuser.
if (user > 0 && process.getuid!() === 0) process.setuid!(user);
try {
  await saveRecording(recording, process.argv[2]!);
} catch (error) {
  if (!(error instanceof PathError)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }));
}

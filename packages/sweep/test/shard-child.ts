// Runs one shard of the sweep of run.test.ts in FOLDER, with its cache beside it, and says what it is doing.
import { openCache, runSweepShard } from "@minisim/sweep/node";
import { evaluate, points } from "./run-points.ts";

const [folder, number, of] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
await runSweepShard(points, evaluate, {
  folder: folder!,
  evaluator: "mean 1",
  shard: { number: Number(number), of: Number(of) },
  cache: openCache(`${folder}-cache`),
  workers: 1,
  onProgress: ({ kind }) => say(kind),
});
process.exit(0);

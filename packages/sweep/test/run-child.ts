// Runs the sweep of run.test.ts in FOLDER, with its cache inside, and says what it is doing. Evaluations go to FOLDER/evaluations.txt.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { openCache, runSweep } from "@minisim/sweep/node";
import { evaluate, points } from "./run-points.ts";

const folder = process.argv[2]!;
const say = (line: string) => process.stdout.write(`${line}\n`);
await runSweep(
  points,
  async (input) => {
    appendFileSync(join(folder, "evaluations.txt"), `${input.index}\n`);
    say("evaluate");
    // Time for a kill to hit it.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return evaluate(input);
  },
  {
    folder,
    evaluator: "mean 1",
    resume: true,
    cache: openCache(join(folder, "cache")),
    workers: 1,
    onProgress: (progress) => {
      if (progress.kind === "frames") say("frames");
      else if (!progress.reused) say("point");
    },
  },
);
process.exit(0);

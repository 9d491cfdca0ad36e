// SPEC: the movie of a spec (JSON) by a simulator whose steps come in turn from the installation here and from the one in ./second.
import { createHash } from "node:crypto";
import process from "node:process";
import { builtinSteps, createSimulator } from "minisim";
import { builtinSteps as theirs } from "./second/node_modules/minisim/dist/index.js";

const spec = JSON.parse(process.argv[2]);
const movies = [];
for (const parity of [0, 1]) {
  const steps = builtinSteps.map((step, i) => (i % 2 === parity ? step : theirs[i]));
  if (!steps.some((step, i) => step !== builtinSteps[i] && step === theirs[i])) {
    throw new Error("The two installations are one.");
  }
  const { observed } = await createSimulator({ steps }).simulate(spec);
  movies.push(createHash("sha256").update(Uint8Array.from(observed.data)).digest("hex"));
}
process.stdout.write(JSON.stringify(movies));

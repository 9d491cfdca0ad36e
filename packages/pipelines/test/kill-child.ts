// Runs an adapter in FOLDER on the recording of recorded.ts: FOLDER ADAPTER WAY. Prints stages, then whether it was a hit.
import { join } from "node:path";
import { loadAdapter, preparePipeline, runPipeline } from "@minisim/pipelines";
import { openCache } from "@minisim/sweep/node";
import { simulate } from "minisim";
import { recordingKey, spec } from "./tiny-spec.ts";

const [folder, adapter, way] = process.argv.slice(2) as [string, string, string];
const say = (line: string) => process.stdout.write(`${line}\n`);
const prepared = await preparePipeline(await loadAdapter(adapter), {
  cache: openCache(join(folder, "cache")),
  parameters: { way },
});
const { hit } = await runPipeline(prepared, {
  recording: await simulate(spec),
  recordingKey,
  onProgress: ({ stage }) => say(stage),
});
say(`hit ${hit}`);
process.exit(0);

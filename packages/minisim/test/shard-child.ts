// Simulates one shard of a recording, and finishes where it was the last; shards.test.ts kills it on the way.
import { finishShards, recordingStatus, simulateShard } from "minisim/node";

const [path, spec, number, of] = process.argv.slice(2);
process.stdout.write("started");
const shard = { number: Number(number), of: Number(of) };
await simulateShard(JSON.parse(spec!), path!, { shard, blockFrames: 8, workers: 1 });
const { state, chunks, done, has_truth } = await recordingStatus(path!);
if (state === "shards" && done === chunks && has_truth) await finishShards(path!);

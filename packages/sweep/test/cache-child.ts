// Asks a cache for a recording once its parent says so. FOLDER SPEC; prints "ready", "frames", then whether it was a hit.
import { once } from "node:events";
import { openCache } from "@minisim/sweep/node";

const [folder, spec] = process.argv.slice(2) as [string, string];
const say = (line: string) => process.stdout.write(`${line}\n`);
say("ready");
await once(process.stdin, "data");
const cache = openCache(folder);
const cached = await cache.get(JSON.parse(spec), { onProgress: () => say("frames") });
const first = await cached.recording.readFrames(0, 1);
say(JSON.stringify({ hit: cached.hit, path: cached.path, pixels: first.length }));
process.exit(0);

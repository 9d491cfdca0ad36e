// Renders a shard of the recording of long-spec.ts into PATH, its scene shared in the cache FOLDER, and says which pieces it has made.
import { openCache } from "@minisim/sweep/node";
import { builtin } from "minisim";
import { simulateShard } from "minisim/node";
import { longSpec } from "./long-spec.ts";

const [path, folder, number, of] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const shard = { number: Number(number), of: Number(of) };
const key = builtin.Spec.cacheKey(longSpec);
const { works, release } = await openCache(folder).shareScene(key, shard);
await simulateShard(longSpec, path!, {
  shard,
  workers: 1,
  share: (name, pieces, make) =>
    works.share(name, pieces, (piece) => {
      say(`makes ${name} ${piece}`);
      return make(piece);
    }),
});
await release();
process.exit(0);

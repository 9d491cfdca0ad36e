// Streams a recording to a store, continuing what an earlier run left; kill.test.ts kills it on the way.
import { simulateToStore } from "minisim/node";

const [path, spec] = process.argv.slice(2);
process.stdout.write("started");
await simulateToStore(JSON.parse(spec!), path!, { resume: true, blockFrames: 8 });

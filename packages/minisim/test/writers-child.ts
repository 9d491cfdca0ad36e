// Streams a recording to a store once its parent says so, for writers.test.ts. Prints "ready", then how it ended.
import { once } from "node:events";
import { isMinisimError } from "@minisim/spec";
import { simulateToStore } from "minisim/node";

const [path, spec, options] = process.argv.slice(2) as [string, string, string];
process.stdout.write("ready\n");
await once(process.stdin, "data");
try {
  await simulateToStore(JSON.parse(spec), path, { ...JSON.parse(options), workers: 1 });
  process.stdout.write("ok\n");
} catch (error) {
  if (!isMinisimError(error)) throw error;
  process.stdout.write(`${error.code} ${error.message}\n`);
}
process.exit(0);

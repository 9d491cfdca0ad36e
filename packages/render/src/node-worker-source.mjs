// Runs node-worker.ts from the sources, for tests and scripts: a Node worker has no loader for TypeScript of its own.
import { importFromSources } from "@minisim/build/from-sources";

await importFromSources(new URL("./node-worker.ts", import.meta.url));

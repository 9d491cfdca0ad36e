// node-deliver.ts from the sources, for tests and scripts: the threads that load it have no loader for TypeScript of their own.
import { importFromSources } from "@minisim/build/from-sources";

export const { storeChunks } = await importFromSources(
  new URL("./node-deliver.ts", import.meta.url),
);

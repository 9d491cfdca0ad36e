// Runs node-worker.ts from the sources, for tests and scripts: a Node worker has no loader for TypeScript of its own.
import { register } from "tsx/esm/api";

register();
await import("./node-worker.ts");

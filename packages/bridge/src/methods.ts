// All methods by name.
import { HeldRecordings } from "./held-recordings.ts";
import { fileMethods } from "./methods/files.ts";
import { measureMethods } from "./methods/measures.ts";
import { recordingMethods } from "./methods/recordings.ts";
import { scoreMethods } from "./methods/scores.ts";
import { specMethods } from "./methods/specs.ts";
import { valueMethods } from "./methods/values.ts";
import type { Method } from "./serve.ts";

/** Those of one client: what it holds, nobody else sees. */
export function createMethods(): Readonly<Record<string, Method>> {
  const held = new HeldRecordings();
  return {
    ...recordingMethods(held),
    ...valueMethods(held),
    ...fileMethods(held),
    ...scoreMethods(held),
    ...measureMethods(held),
    ...specMethods,
  };
}

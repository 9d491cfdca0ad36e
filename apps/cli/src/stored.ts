// The commands that take a recording or a spec: which of them a source is.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Simulator } from "minisim";
import { openRecording, type StoredRecording } from "minisim/node";
import { usageFailure } from "./failure.ts";

/** The recording that the source is, or undefined where it is none. @throws Failure where a recording is to be changed like a spec. */
export async function storedAt(
  source: string,
  request: {
    readonly set: readonly string[];
    readonly seed?: number | undefined;
    readonly cwd: string;
    readonly simulator: Simulator;
  },
): Promise<StoredRecording | undefined> {
  const { set, seed, cwd, simulator } = request;
  const path = resolve(cwd, source);
  if (!existsSync(join(path, "zarr.json"))) return undefined;
  if (set.length > 0 || seed !== undefined) {
    throw usageFailure("--set and --seed change a spec; this is a recording already.");
  }
  return openRecording(path, { simulator });
}

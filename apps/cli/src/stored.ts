// The commands that take a recording or a spec: which of them a source is.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Simulator } from "minisim";
import { isWebAddress, openRecording, type StoredRecording } from "minisim/node";
import { usageFailure } from "./failure.ts";

/** Where a recording is: an address of the web as it is, a path from the current folder. */
export const recordingPlace = (cwd: string, source: string): string =>
  isWebAddress(source) ? source : resolve(cwd, source);

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
  const path = recordingPlace(cwd, source);
  if (!isWebAddress(source) && !existsSync(join(path, "zarr.json"))) return undefined;
  if (set.length > 0 || seed !== undefined) {
    throw usageFailure("--set and --seed change a spec; this is a recording already.");
  }
  return openRecording(path, { simulator });
}

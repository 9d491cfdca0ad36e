// The commands that take a recording or a spec: which of them a source is.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Simulator } from "minisim";
import { isObjectAddress, isWebAddress, openRecording, type StoredRecording } from "minisim/node";
import { usageFailure } from "./failure.ts";

/** Where no file of this machine is meant. */
export const isAddress = (source: string): boolean =>
  isWebAddress(source) || isObjectAddress(source);

/** Where a recording is: an address of the web or of an object store as it is, a path from the current folder. */
export const recordingPlace = (cwd: string, source: string): string =>
  isAddress(source) ? source : resolve(cwd, source);

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
  if (!isAddress(source) && !existsSync(join(path, "zarr.json"))) return undefined;
  if (set.length > 0 || seed !== undefined) {
    throw usageFailure("--set and --seed change a spec; this is a recording already.");
  }
  return openRecording(path, { simulator });
}

/** What an interrupted run has left in an object store, in words. */
export const leftAtAddress = (address: string): string =>
  `what was put is in ${address}: the same command goes on with it.`;

// Which ROIs of suite2p are cells: those that iscell.npy says, less those that a person merged into another in its interface.
import { join } from "node:path";
import { InteropError } from "../error.ts";
import { readNpy, readNpyShape } from "../npy/array-file.ts";
import type { Reading } from "../reading.ts";
import { kindAt } from "../regular-file.ts";
import type { Dictionary } from "./objects.ts";

/** @throws InteropError "malformed" for an iscell.npy of other ROIs. */
export async function keptOf(
  plane: string,
  stat: readonly Dictionary[],
  reading: Reading,
): Promise<number[]> {
  const merged = mergedAway(stat);
  const cells = await cellsOf(plane, stat.length);
  const kept = [...stat.keys()].filter((i) => (cells?.[i] ?? true) && !merged.has(i));
  if (cells) {
    const count = cells.filter((flag) => flag).length;
    reading.note(
      `iscell.npy accepts ${count} of ${stat.length} ROIs (the setting only_cells: false takes all).`,
    );
  }
  if (merged.size > 0) {
    reading.note(`${merged.size} ROIs were merged into others, and are left out.`);
  }
  return kept;
}

/** Null where there is no such file. */
async function cellsOf(plane: string, count: number): Promise<boolean[] | null> {
  const path = join(plane, "iscell.npy");
  if (count === 0 || (await kindAt(path)) !== "file") return null;
  const shape = await readNpyShape(path);
  const columns = shape.length === 1 ? 1 : shape[1]!;
  if (shape[0] !== count || shape.length > 2 || columns < 1) {
    throw new InteropError(
      "malformed",
      `${path} does not say of ${count} ROIs whether they are cells.`,
    );
  }
  const { data } = await readNpy(path);
  return Array.from({ length: count }, (_, i) => Number(data[i * columns]) > 0);
}

/**
 * Merging appends an ROI whose `imerge` lists its parts, and tells each part by `inmerge` which ROI it went into; both stay in the
 * file. A merged ROI that is merged again leaves its parts pointing past it.
 */
function mergedAway(stat: readonly Dictionary[]): Set<number> {
  const into = stat.map((roi) => roi.number("inmerge") ?? 0);
  const gone = new Set<number>();
  for (const [i, roi] of stat.entries()) {
    const parts = roi.list("imerge").filter((part) => Number.isInteger(part) && part in stat);
    const passedOver = parts.length > 0 && parts.every((part) => into[part]! > i);
    if (into[i]! > 0 || passedOver) gone.add(i);
  }
  return gone;
}

// Arrays A, C, S and shifts by name, out of any HDF5 file.
import type { Estimate } from "@minisim/metrics";
import { z } from "zod";
import { ARRAY_NAMES, arraySettings, estimateOfArrays } from "../arrays-estimate.ts";
import { type H5Source, probeHdf5, readHdf5 } from "../h5/index.ts";

export const readSettings = arraySettings.extend({
  group: z
    .string()
    .optional()
    .describe("Group that holds A, C, S and shifts; else the root, or ground_truth"),
});

// Where arrays are looked for, and what the footprints are called there.
const GROUPS = ["/", "/ground_truth"];
const FOOTPRINTS = ["A", "A_observed"];

export const detectArrays = (path: string): Promise<boolean> =>
  probeHdf5(path, (source) => GROUPS.some((group) => footprintsIn(source, group) !== undefined));

export function readArrays(
  path: string,
  { group, ...settings }: z.output<typeof readSettings>,
): Promise<Estimate> {
  return readHdf5(path, (source) => {
    const from = group === undefined ? groupOf(source) : `/${group.replace(/^\/+|\/+$/g, "")}`;
    const named = ARRAY_NAMES.map((name) => {
      const at = name === "A" ? footprintsIn(source, from) : inGroup(from, name);
      const isThere = at !== undefined && source.kind(at) === "dataset";
      return [name, isThere ? source.numbers(at) : undefined] as const;
    });
    const place = from === "/" ? path : `${path}, ${from}`;
    return estimateOfArrays(Object.fromEntries(named), place, settings);
  });
}

const groupOf = (source: H5Source): string =>
  GROUPS.find((group) => footprintsIn(source, group) !== undefined) ?? "/";

const footprintsIn = (source: H5Source, group: string): string | undefined =>
  FOOTPRINTS.map((name) => inGroup(group, name)).find((at) => source.kind(at) === "dataset");

const inGroup = (group: string, name: string): string =>
  group === "/" ? `/${name}` : `${group}/${name}`;

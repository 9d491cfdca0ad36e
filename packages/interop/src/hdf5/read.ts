// Arrays A, C, S and shifts by name, out of any HDF5 file; and minian's dataset, which to_netcdf leaves as one.
import type { Estimate } from "@minisim/scoring";
import { z } from "zod";
import { arraysNamed } from "../array-names.ts";
import { type ArrayShapes, arraySettings, planArrays } from "../arrays-estimate.ts";
import { type H5Source, probeHdf5, readHdf5, sparseMatrix } from "../h5/index.ts";
import { mergedByLabels } from "../minian/labels.ts";
import type { Reading } from "../reading.ts";

export const readSettings = arraySettings.extend({
  group: z
    .string()
    .optional()
    .describe("Group that holds A, C, S and shifts; else the root, or ground_truth"),
  components: z
    .enum(["accepted", "all"])
    .default("accepted")
    .describe("accepted: as unit_labels of minian's dataset says, where there are such"),
});

// Where arrays are looked for, and what the footprints are called there.
const GROUPS = ["/", "/ground_truth"];
const WORDS = {
  A: ["A", "footprints", "A_observed"],
  C: ["C", "traces"],
  S: ["S", "spikes"],
  shifts: ["shifts"],
};

export const detectArrays = (path: string): Promise<boolean> =>
  probeHdf5(path, (source) => GROUPS.some((group) => pathsIn(source, group).A !== undefined));

export function readArrays(
  path: string,
  { group, components, ...settings }: z.output<typeof readSettings>,
  reading: Reading,
): Promise<Estimate> {
  return readHdf5(path, (source) => {
    const from =
      group === undefined
        ? (GROUPS.find((known) => pathsIn(source, known).A !== undefined) ?? "/")
        : `/${group.replace(/^\/+|\/+$/g, "")}`;
    const paths = pathsIn(source, from);
    const shapes: Record<string, readonly number[]> = {};
    for (const [name, at] of Object.entries(paths)) shapes[name] = shapeAt(source, at);
    const place = from === "/" ? path : `${path}, ${from}`;
    const estimateOf = planArrays(shapes as ArrayShapes, place, settings, reading);
    const data: Record<string, unknown> = {};
    for (const [name, at] of Object.entries(paths)) data[name] = dataAt(source, at, shapes[name]!);
    const estimate = estimateOf(data);
    return minianDataset(source, from, estimate, components, reading);
  });
}

type Paths = { readonly [name: string]: string };

/** Datasets by the names of arrays; footprints may be a group, which is a sparse matrix. One dataset alone can only be footprints. */
function pathsIn(source: H5Source, group: string): Paths {
  const names = source.keys(group);
  const found = Object.entries(arraysNamed(names, WORDS)).map(
    ([name, word]) => [name, inGroup(group, word)] as const,
  );
  const paths = found.filter(([name, at]) => {
    const kind = source.kind(at);
    return kind === "dataset" || (name === "A" && kind === "group" && isSparse(source, at));
  });
  const [only] = names;
  if (paths.length > 0 || names.length !== 1) return Object.fromEntries(paths);
  const at = inGroup(group, only!);
  const isImages =
    source.kind(at) === "dataset" && source.isNumeric(at) && source.shapeOf(at).length === 3;
  return isImages ? { A: at } : {};
}

const isSparse = (source: H5Source, at: string): boolean =>
  ["data", "indices", "indptr"].every((part) => source.kind(`${at}/${part}`) === "dataset");

function shapeAt(source: H5Source, at: string): readonly number[] {
  if (source.kind(at) === "dataset") return source.shapeOf(at);
  return Array.from(source.numbers(`${at}/shape`, { dims: 1 }).data);
}

function dataAt(source: H5Source, at: string, shape: readonly number[]) {
  if (source.kind(at) === "dataset") return source.numbers(at).data;
  const paths = { data: `${at}/data`, indices: `${at}/indices`, indptr: `${at}/indptr` };
  return sparseMatrix(source, paths, shape as [number, number]);
}

const inGroup = (group: string, name: string): string =>
  group === "/" ? `/${name}` : `${group}/${name}`;

/** Motion and the labels of units, which minian keeps beside A, C and S. */
function minianDataset(
  source: H5Source,
  group: string,
  estimate: Estimate,
  components: "accepted" | "all",
  reading: Reading,
): Estimate {
  const at = (name: string) => inGroup(group, name);
  if (source.kind(at("unit_id")) !== "dataset") return estimate;
  const [motion, labels] = [at("motion"), at("unit_labels")];
  let { shifts } = estimate;
  if (shifts === null && source.kind(motion) === "dataset") {
    const shape = source.shapeOf(motion);
    if (shape.length === 2 && shape[1] === 2) {
      const problem = reading.frameProblem(shape[0]!);
      if (problem) throw source.malformed(motion, problem);
      // minian keeps the correction.
      shifts = { shape, data: source.numbers(motion).data.map((value) => -value + 0) };
    } else {
      reading.note(`${motion} is of patches, which is no single trajectory: motion is not scored.`);
    }
  }
  const whole = { ...estimate, shifts };
  if (components === "all" || source.kind(labels) !== "dataset") return whole;
  const values = source.numbers(labels, { dims: 1 }).data;
  if (values.length !== estimate.footprints.length) {
    throw source.malformed(
      labels,
      `has ${values.length} labels for ${estimate.footprints.length} units`,
    );
  }
  return mergedByLabels(whole, values, reading);
}

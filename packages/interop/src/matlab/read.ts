// An estimate out of a MATLAB file: names as MIN1PIPE, CNMF-E and EXTRACT give them, or A, C, S, shifts.
import type { Estimate } from "@minisim/scoring";
import { z } from "zod";
import { type ArrayName, arraysNamed } from "../array-names.ts";
import type { InteropError } from "../error.ts";
import { AXES } from "../footprint-axes.ts";
import {
  assemble,
  checkTraces,
  type H5Source,
  type Part,
  readHdf5,
  selectRows,
  selectUnits,
  transposed,
} from "../h5/index.ts";
import { stackOf } from "../image-footprints.ts";
import type { Reading } from "../reading.ts";
import { fieldOfView, readFootprints } from "./footprints.ts";
import { isEmpty, isVariable, matrix, matrixSize, sizeOf, sparseOf } from "./variables.ts";
import { matlabVersion, requireVersion73 } from "./version.ts";

export const readSettings = z.strictObject({
  variable: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Struct that holds A, C, S; else the file itself, neuron, neuron_results, results, or output of EXTRACT",
    ),
  footprint_axes: z
    .enum(["auto", ...AXES])
    .default("auto")
    .describe(
      "Order of the axes of images in A; auto: by the recording's field of view and the number of traces",
    ),
  height: z
    .int()
    .min(1)
    .optional()
    .describe("Rows of the field of view, where neither the file nor a recording tells"),
  width: z.int().min(1).optional().describe("Columns of the field of view"),
});

const STRUCTS = ["", "/neuron", "/neuron_results", "/results", "/output", "/extractAnalysisOutput"];
// A, then MIN1PIPE's, EXTRACT's and its first version's.
const WORDS = {
  A: ["A", "roifn", "spatial_weights", "filters"],
  C: ["C", "sigfn", "temporal_weights", "traces"],
  S: ["S", "spkfn"],
  shifts: ["shifts"],
};
const KNOWN = new Set(
  Object.values(WORDS)
    .flat()
    .map((word) => word.toLowerCase()),
);
/** EXTRACT's traces are frame × unit, and it empties the footprints of what it rejects. */
const OF_EXTRACT = "spatial_weights";

/** True for all MATLAB files, also those too old to be read: the error then says what to do. */
export const detectMatlab = async (path: string): Promise<boolean> =>
  (await matlabVersion(path)) !== null;

export async function readMatlab(
  path: string,
  { variable, ...settings }: z.output<typeof readSettings>,
  reading: Reading,
): Promise<Estimate> {
  await requireVersion73(path);
  return readHdf5(path, (source) => {
    const group = variable === undefined ? structOf(source) : `/${variable.replaceAll(".", "/")}`;
    const named = namedIn(source, group);
    const A = named.A ?? onlyImages(source, group, reading);
    if (A === undefined) {
      const empty = emptyIn(source, variable === undefined ? STRUCTS : [group]);
      if (empty === undefined) throw withoutFootprints(source, group);
      return nothing(source, empty, settings, reading);
    }
    const isExtract = A.endsWith(`/${OF_EXTRACT}`);
    const traces = (["C", "S"] as const).map((name) =>
      named[name] === undefined ? null : tracesAt(source, named[name], isExtract, reading),
    );
    const counts = traces.flatMap((one) => (one ? [one.units] : []));
    const footprints = readFootprints(
      source,
      A,
      group,
      counts.length > 0 ? [counts[0]!] : null,
      settings,
      reading,
    );
    const [C, S] = traces.map((one) => one && { at: one.at, rows: one.read() });
    const shifts = named.shifts === undefined ? null : shiftsAt(source, named.shifts, reading);
    const estimate = assemble(source, footprints, { C: C ?? null, S: S ?? null, shifts });
    return isExtract ? withoutRejected(estimate, reading) : estimate;
  });
}

type Named = { readonly [name in ArrayName]?: string };

function namedIn(source: H5Source, group: string): Named {
  const variables = source
    .keys(group === "" ? "/" : group)
    .filter((name) => KNOWN.has(name.toLowerCase()) && isVariable(source, `${group}/${name}`));
  const found = arraysNamed(variables, WORDS);
  return Object.fromEntries(
    Object.entries(found).map(([name, word]) => [name, `${group}/${word}`]),
  );
}

const structOf = (source: H5Source): string =>
  STRUCTS.find((group) => namedIn(source, group).A !== undefined) ?? "";

/** Images in the only variable there is, whatever it is called, as converters for CellReg leave them. */
function onlyImages(source: H5Source, group: string, reading: Reading): string | undefined {
  const names = source
    .keys(group === "" ? "/" : group)
    // MATLAB's own.
    .filter((name) => !name.startsWith("#"));
  const at = `${group}/${names[0]}`;
  if (names.length !== 1 || !isVariable(source, at) || sparseOf(source, at)) return undefined;
  if (sizeOf(source, at).length !== 3) return undefined;
  reading.note(`Footprints are the only variable, ${names[0]}.`);
  return at;
}

/** Footprints of size 0: nothing was found. */
function emptyIn(source: H5Source, groups: readonly string[]): string | undefined {
  return groups
    .flatMap((group) => WORDS.A.map((word) => `${group}/${word}`))
    .find((at) => source.kind(at) === "dataset" && isEmpty(source, at));
}

function nothing(
  source: H5Source,
  at: string,
  settings: z.output<typeof readSettings>,
  reading: Reading,
): Estimate {
  const field = fieldOfView(source, at, at.slice(0, at.lastIndexOf("/")), settings, reading);
  reading.note(`${at} is empty: nothing was found.`);
  return { footprints: stackOf(field, []), C: null, S: null, shifts: null };
}

/** Unit × frame, or frame × unit where that is the tool's habit or the recording's frames say so. */
function tracesAt(source: H5Source, at: string, framesFirst: boolean, reading: Reading) {
  const [rows, columns] = matrixSize(source, at);
  const { frames } = reading;
  const isTurned =
    frames === null || (rows === frames) === (columns === frames) ? framesFirst : rows === frames;
  const [units, length] = isTurned ? [columns, rows] : [rows, columns];
  checkTraces(source, at, { units, frames: length }, reading);
  if (isTurned && !framesFirst) reading.note(`${at} is frame × unit, and was turned.`);
  const read = () => (isTurned ? transposed(matrix(source, at)) : matrix(source, at));
  return { at, units, read };
}

function shiftsAt(source: H5Source, at: string, reading: Reading): Part {
  const [rows, columns] = matrixSize(source, at);
  const problem = reading.frameProblem(Math.max(rows, columns));
  if (problem) throw source.malformed(at, problem);
  return { at, rows: matrix(source, at) };
}

function withoutRejected(estimate: Estimate, reading: Reading): Estimate {
  const { footprints, C, S } = estimate;
  const kept = Array.from({ length: footprints.length }, (_, i) => i).filter((i) =>
    Array.from(footprints.at(i).data).some((light) => light > 0),
  );
  const rejected = footprints.length - kept.length;
  if (rejected === 0 || kept.length === 0) return estimate;
  reading.note(
    `${rejected} of ${footprints.length} footprints are empty: EXTRACT rejected them, and they are left out.`,
  );
  const select = (rows: Estimate["C"]) =>
    rows && selectRows({ shape: rows.shape, data: rows.data }, kept);
  return { ...estimate, footprints: selectUnits(footprints, kept), C: select(C), S: select(S) };
}

function withoutFootprints(source: H5Source, group: string): InteropError {
  // An object of a class is kept in a form that only MATLAB understands.
  const object = (group === "" ? STRUCTS.slice(1) : [group]).find(
    (at) => source.kind(at) === "dataset" && source.attribute(at, "MATLAB_class") !== null,
  );
  if (object) {
    return source.unsupported(
      object,
      `is a MATLAB object; save it as a struct instead: results = struct(${object.slice(1)}); save(…, 'results', '-v7.3')`,
    );
  }
  return source.malformed(group || "/", `holds no footprints (${WORDS.A.join(", ")})`);
}

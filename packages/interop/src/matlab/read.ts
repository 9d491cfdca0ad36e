// An estimate out of a MATLAB file: names as MIN1PIPE and CNMF-E give them, or A, C, S, shifts.
import type { Estimate } from "@minisim/metrics";
import { z } from "zod";
import { InteropError } from "../error.ts";
import { assemble, bytesAt, type H5Source, type Part, readHdf5 } from "../h5/index.ts";
import { readFootprints } from "./footprints.ts";
import { isVariable, matrix } from "./variables.ts";

export const readSettings = z.strictObject({
  variable: z
    .string()
    .min(1)
    .optional()
    .describe("Struct that holds A, C, S; else the file itself, neuron, neuron_results or results"),
  footprint_axes: z
    .enum(["auto", "height_width_unit", "unit_height_width"])
    .default("auto")
    .describe("Order of the axes of images in A; auto: by the number of traces"),
  height: z
    .int()
    .min(1)
    .optional()
    .describe("Rows of the field of view, where the file does not tell"),
  width: z.int().min(1).optional().describe("Columns of the field of view"),
});

const STRUCTS = ["", "/neuron", "/neuron_results", "/results"];
// A, then MIN1PIPE's.
const NAMES = {
  A: ["A", "roifn"],
  C: ["C", "sigfn"],
  S: ["S", "spkfn"],
  shifts: ["shifts"],
} as const;

const HEADER_BYTES = 19;
const headerOf = async (path: string): Promise<string> =>
  (await bytesAt(path, 0, HEADER_BYTES)).toString("latin1");

/** True for all MATLAB files that say so, also those too old to be read: the error then says what to do. */
export const detectMatlab = async (path: string): Promise<boolean> =>
  (await headerOf(path)).startsWith("MATLAB ");

export async function readMatlab(
  path: string,
  { variable, ...settings }: z.output<typeof readSettings>,
): Promise<Estimate> {
  const header = await headerOf(path);
  if (header.startsWith("MATLAB ") && !header.startsWith("MATLAB 7.3")) {
    throw new InteropError(
      "unsupported",
      `${path} is a MATLAB file older than version 7.3; save it again in MATLAB with save(…, '-v7.3').`,
    );
  }
  return readHdf5(path, (source) => {
    const group = variable === undefined ? structOf(source) : `/${variable.replaceAll(".", "/")}`;
    const named = (name: keyof typeof NAMES) =>
      NAMES[name].map((candidate) => `${group}/${candidate}`).find((at) => isVariable(source, at));
    const A = named("A");
    if (!A) throw withoutFootprints(source, group);
    const part = (at: string | undefined): Part | null =>
      at === undefined ? null : { at, rows: matrix(source, at) };
    const [C, S, shifts] = [part(named("C")), part(named("S")), part(named("shifts"))];
    const units = (C ?? S)?.rows.shape[0] ?? null;
    const footprints = readFootprints(source, A, group, units, settings);
    return assemble(source, footprints, { C, S, shifts });
  });
}

const structOf = (source: H5Source): string =>
  STRUCTS.find((group) => NAMES.A.some((name) => isVariable(source, `${group}/${name}`))) ?? "";

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
  return source.malformed(group || "/", `holds no footprints (${NAMES.A.join(" or ")})`);
}

// A sweep from YAML or JSON text, every complaint with its line and column.

import { excerpt, type FileReference, type SpecInput, withFilesRead } from "@minisim/spec";
import { didYouMean } from "@minisim/spec/suggest";
import { formatIssues, readSpecText, type SpecDocument } from "@minisim/spec/text";
import { builtin, preset, presetNames, type Simulator } from "minisim";
import { checkSweepFile, type SweepFile } from "./file-schema.ts";
import { formatProblem, SweepError, type SweepProblem } from "./problem.ts";
import { type ParameterProblem, type Sweep, sweep } from "./sweep.ts";

export interface SweepTextOptions {
  /** How messages call the text: a file name, mostly. */
  readonly name: string;
  /** Whose steps the specs use; the built-in ones where absent. */
  readonly simulator?: Simulator | undefined;
  /** The text of a spec file that the sweep names as its base, or undefined where there is none. */
  readonly readBase?: (path: string) => string | undefined;
  /** What a file holds that the base refers to; `base` is the spec file that does, undefined where it is the sweep itself. */
  readonly readFile?: (reference: FileReference, base: string | undefined) => Promise<unknown>;
  /** The base with what somebody wants otherwise in all points. */
  readonly changed?: (base: SpecInput) => SpecInput;
  /** Knows the parameters of the file's pipelines, for axes `pipeline.NAME`. Absent: there are none. */
  readonly parametersOf?: (file: SweepFile) => Promise<ParameterProblem>;
}

export interface SweepDocument {
  /** What the text says, defaults filled in. */
  readonly file: SweepFile;
  readonly sweep: Sweep;
}

/** @throws SpecTextError for what is not YAML; SweepError whose message has a line `name:line:column  …` for every problem. */
export async function readSweepText(
  text: string,
  options: SweepTextOptions,
): Promise<SweepDocument> {
  const document = readSpecText(text, { name: options.name });
  const { file, problems } = checkSweepFile(document.value);
  if (!file) throw new SweepError(problems, lineIn(document));
  const base = await withFiles(baseOf(file.base, document, options), file.base, document, options);
  const spec = options.changed?.(base.spec) ?? base.spec;
  const { axes, zip, repeats } = file;
  const mode = zip ? "zip" : "product";
  const { simulator } = options;
  const parameterProblem = await options.parametersOf?.(file);
  try {
    const points = sweep(spec, axes, { mode, repeats, simulator, parameterProblem });
    return { file, sweep: points };
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    throw new SweepError(error.problems, lineIn(document, base.document));
  }
}

interface Base {
  readonly spec: SpecInput;
  /** Of a base that is a file of its own. */
  readonly document?: SpecDocument;
}

async function withFiles(
  base: Base,
  written: SweepFile["base"],
  document: SpecDocument,
  { readFile, simulator = builtin }: SweepTextOptions,
): Promise<Base> {
  if (!readFile) return base;
  const name = base.document && (written as string);
  const read = (reference: FileReference) => readFile(reference, name);
  const { value, issues } = await withFilesRead(base.spec, simulator.steps, read);
  if (issues.length === 0) return { ...base, spec: value as SpecInput };
  const problems = issues.map(({ path, message }) => ({ path: ["base", ...path], message }));
  throw new SweepError(problems, lineIn(document, base.document));
}

function baseOf(
  base: SweepFile["base"],
  document: SpecDocument,
  { readBase }: SweepTextOptions,
): Base {
  // Whether it is a spec at all is for its parser to say.
  if (typeof base !== "string") return { spec: base as unknown as SpecInput };
  const known = preset(base);
  if (known) return { spec: known };
  const text = readBase?.(base);
  if (text === undefined) {
    const names = presetNames;
    const message = `"${excerpt(base)}" is neither a spec file nor a preset.${didYouMean(base, names)} The presets are ${names.join(", ")}.`;
    const problems = [{ path: ["base"], message }];
    throw new SweepError(problems, lineIn(document));
  }
  const file = readSpecText(text, { name: base });
  return { spec: file.value as SpecInput, document: file };
}

/** Writes a problem with its place in the text; what is wrong with a base of its own file stands in that file. */
function lineIn(document: SpecDocument, base?: SpecDocument) {
  return (problem: SweepProblem): string => {
    const inBase = base !== undefined && problem.path[0] === "base";
    const path = inBase ? problem.path.slice(1) : problem.path;
    const issue = { severity: "error", code: "", path, message: problem.message } as const;
    if (path.length > 0 || inBase) return formatIssues([issue], inBase ? base : document)[0]!;
    return `${document.name}  ${formatProblem(problem)}`;
  };
}

// What a spec can be given as: an object, the name of a preset, the path of a file or of a recording. With every complaint at its place.
import { type Issue, type Spec, variedInput, withFilesRead } from "@minisim/spec";
import { InputError } from "@minisim/spec/input";
import { readSpecFile, SpecFileError } from "@minisim/spec/node";
import { formatIssues, readSpecText } from "@minisim/spec/text";
import { formatIssue, neitherFileNorPreset, preset, type Simulator, SpecError } from "minisim";
import { simulatorWith } from "minisim/plugins";
import { z } from "zod";
import { document } from "./parameters.ts";
import { readReferenced } from "./referenced-files.ts";

export const specSource = z.strictObject({
  /** As the caller wrote it, or the spec itself. */
  source: z.union([z.string(), document]),
  /** Where that is as a path, from the root. */
  path: z.string().optional(),
  /** The folder where the paths of files begin that a spec or a change refers to. */
  folder: z.string(),
  /** By dotted path: "acquisition.optics.na", "steps.vasculature". */
  changes: z.record(z.string(), z.unknown()).default({}),
  /** Files, folders or installed packages that bring steps; `folder` is where packages are looked for. */
  plugins: z
    .strictObject({ names: z.array(z.string()), folder: z.string() })
    .default({ names: [], folder: "" }),
});
export type SpecSource = z.output<typeof specSource>;

interface Written {
  readonly value: unknown;
  readonly folder: string;
  /** One line for an issue, with its place. */
  lineOf(issue: Issue): string;
}

/** The spec, its warnings, and the simulator that knows its steps. @throws SpecError, InputError, SpecFileError, SpecTextError */
export async function readSpec(given: SpecSource): Promise<{
  readonly spec: Spec;
  readonly warnings: readonly Issue[];
  readonly simulator: Simulator;
}> {
  const { names, folder } = given.plugins;
  const simulator = await simulatorWith(names, folder);
  const written = await writtenSpec(given);
  const { steps, Spec } = simulator;
  const ofSource = await withFilesRead(written.value, steps, readReferenced(written.folder));
  const { value, changed } = changedSpec(ofSource.value, given.changes, simulator);
  const ofChanges = await withFilesRead(value, steps, readReferenced(given.folder));
  const unread = [...ofSource.issues, ...ofChanges.issues];
  const result = Spec.safeParse(ofChanges.value);
  if (result.ok && unread.length === 0) {
    return { spec: result.spec as Spec, warnings: result.warnings, simulator };
  }
  throw placed([...unread, ...(result.ok ? result.warnings : result.issues)], written, changed);
}

async function writtenSpec({ source, path, folder }: SpecSource): Promise<Written> {
  if (typeof source !== "string") return { value: source, folder, lineOf: formatIssue };
  const known = preset(source);
  if (known) return { value: known, folder, lineOf: (issue) => `${source}  ${formatIssue(issue)}` };
  const text = await textOf(source, path ?? source);
  const read = readSpecText(text.text, { name: text.name });
  return {
    value: read.value,
    folder: text.path.replace(/[/\\][^/\\]*$/, ""),
    lineOf: (issue) => formatIssues([issue], read)[0]!,
  };
}

/** Of the file, or of a recording the spec that it was made from. */
async function textOf(
  name: string,
  path: string,
): Promise<{ readonly text: string; readonly name: string; readonly path: string }> {
  try {
    return { text: await readSpecFile(path, { name }), name, path };
  } catch (error) {
    if (!(error instanceof SpecFileError)) throw error;
    if (error.code === "not_found") throw new InputError([neitherFileNorPreset(name)]);
    if (error.code !== "not_a_file") throw error;
    const inside = { name: `${name}/spec.json`, path: `${path}/spec.json` };
    const text = await readSpecFile(inside.path, inside).catch(() => {
      throw error;
    });
    return { text, ...inside };
  }
}

/** The spec with changes made, and where each of them stands. @throws InputError for changes that have no place in it. */
function changedSpec(base: unknown, changes: SpecSource["changes"], simulator: Simulator) {
  const list = Object.entries(changes);
  if (list.length === 0) return { value: base, changed: [] };
  const { spec, places, misfits } = variedInput(base, list, simulator);
  if (misfits.length > 0) {
    throw new InputError(misfits.map(({ change, message }) => `${list[change]![0]}: ${message}`));
  }
  return { value: spec, changed: places.filter(({ length }) => length > 0) };
}

/** An error of the spec whose message tells the place of each problem in the text, where a change did not cause it. */
function placed(
  issues: readonly Issue[],
  { lineOf }: Written,
  changed: readonly (readonly (string | number)[])[],
): SpecError {
  const isChanged = ({ path }: Issue) =>
    changed.some((place) => place.every((part, i) => path[i] === part));
  const error = new SpecError(issues);
  const lines = error.problems.map((problem) => {
    const issue = issues.find(
      ({ path, message }) => path === problem.path && message === problem.message,
    )!;
    return isChanged(issue) ? formatIssue(issue) : lineOf(issue);
  });
  const head = lines.length > 1 ? ["The spec is not valid:"] : [];
  error.message = [...head, ...lines].join("\n");
  return error;
}

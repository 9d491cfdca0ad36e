// SPEC|PRESET → a parsed spec, with every complaint at its place in the file or the --set that caused it.

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { excerpt, type Issue, type Spec, withFilesRead } from "@minisim/spec";
import { formatIssue, neitherFileNorPreset, preset, type Simulator } from "minisim";
import { Failure, usageFailure } from "./failure.ts";
import { fileReaderIn } from "./file-values.ts";
import type { Override } from "./override.ts";

const MISSING_STEP = "missing_step";

export interface SpecRequest {
  /** A file, "-" for standard input, the folder of a recording, or the name of a preset. */
  readonly source: string;
  readonly set?: readonly string[];
  /** Set after all others. */
  readonly seed?: number | undefined;
  readonly cwd: string;
  readonly simulator: Simulator;
  readonly signal?: AbortSignal;
}

export interface CheckedSpec {
  /** Absent when there are errors. */
  readonly spec?: Spec;
  readonly issues: readonly Issue[];
  /** One line per issue: `file:line:column  path: sentence`. */
  readonly messages: readonly string[];
}

export interface Source {
  readonly value: unknown;
  /** Where the paths of files start that the spec refers to. */
  readonly folder: string;
  readonly syntax: "json" | "yaml";
  /** One line for an issue, with its place. */
  messageOf(issue: Issue): string;
}

/** @throws Failure for a source that cannot be read, or a --set that has no place in it. */
export async function checkSpec(request: SpecRequest): Promise<CheckedSpec> {
  const { source, seed, cwd, simulator, signal } = request;
  const set = [...(request.set ?? []), ...(seed === undefined ? [] : [`seed=${seed}`])];
  const { value: written, folder, messageOf } = await readSource(source, cwd, signal);
  const { steps } = simulator;
  const ofSource = await withFilesRead(written, steps, fileReaderIn(folder));
  const { value, overrides } = await overridden(ofSource.value, set, simulator);
  const ofSet = await withFilesRead(value, steps, fileReaderIn(cwd));
  const result = simulator.Spec.safeParse(ofSet.value);
  const unread = [...ofSource.issues, ...ofSet.issues];
  const issues = [...unread, ...(result.ok ? result.warnings : result.issues)];
  const messages = issues.map((issue) => {
    const cause = causeOf(issue, overrides);
    return cause ? `--set ${excerpt(cause.text, 100)}  ${plain(issue)}` : messageOf(issue);
  });
  return result.ok && unread.length === 0
    ? { spec: result.spec, issues, messages }
    : { issues, messages };
}

/** The setting that an issue is about; undefined where it is the spec's own. */
export const causeOf = (issue: Issue, overrides: readonly Override[]): Override | undefined =>
  overrides.find(({ path }) => path.every((part, i) => issue.path[i] === part));

/** The spec. @throws Failure that lists everything wrong with it. */
export async function readSpec(
  request: SpecRequest,
): Promise<{ spec: Spec; warnings: readonly string[] }> {
  const { spec, issues, messages } = await checkSpec(request);
  if (spec) return { spec, warnings: messages };
  const bySet = issues.some(
    ({ code }, i) => code === "unknown_field" && /^--set/.test(messages[i]!),
  );
  const head = messages.length > 1 ? ["the spec is not valid."] : [];
  const missing = issues.some(({ code }) => code === "unknown_kind");
  const hints = missing ? await missingStepsOf(request) : [];
  const text = [...head, ...messages, ...hints].join("\n");
  throw bySet ? usageFailure(text) : new Failure(text);
}

/** Where steps that are not here come from. */
async function missingStepsOf({ source, cwd, simulator }: SpecRequest): Promise<string[]> {
  const path = resolve(cwd, source);
  if (!existsSync(join(path, "zarr.json"))) {
    return ["Steps of other packages are added by --plugin PATH_OR_PACKAGE."];
  }
  const { openRecording } = await import("minisim/node");
  // One that is damaged may have a spec all the same.
  const stored = await openRecording(path, { simulator }).catch(() => null);
  const missing = stored?.warnings.filter(({ code }) => code === MISSING_STEP) ?? [];
  return missing.map(({ message }) => message);
}

const plain = (issue: Issue): string =>
  `${issue.severity === "warning" ? "warning: " : ""}${formatIssue(issue)}`;

// What reads YAML is loaded where there is some: a preset is simulated without.

async function overridden(
  written: unknown,
  set: readonly string[],
  simulator: Simulator,
): Promise<{ value: unknown; overrides: readonly Override[] }> {
  if (set.length === 0) return { value: written, overrides: [] };
  const { applyOverrides } = await import("./override.ts");
  return applyOverrides(written, set, simulator);
}

/** What is written there, unparsed. @throws Failure for a source that cannot be read. */
export async function readSource(
  source: string,
  cwd: string,
  signal?: AbortSignal,
): Promise<Source> {
  const known = preset(source);
  if (known) {
    return {
      value: known,
      folder: cwd,
      syntax: "yaml",
      messageOf: (issue) => `${source}  ${plain(issue)}`,
    };
  }
  const { path, name } = placeOf(source, cwd);
  const { readSpecFile, SpecFileError } = await import("@minisim/spec/node");
  const { formatIssues, readSpecText, SpecTextError } = await import("@minisim/spec/text");
  try {
    const text = await readSpecFile(path, { name, ...(signal && { signal }) });
    const document = readSpecText(text, { name });
    return {
      value: document.value,
      folder: path === "-" ? cwd : dirname(path),
      syntax: /^\s*\{/.test(text) ? "json" : "yaml",
      messageOf: (issue) => formatIssues([issue], document)[0]!,
    };
  } catch (error) {
    if (error instanceof SpecFileError && error.code === "not_found")
      throw usageFailure(neitherFileNorPreset(source));
    const isSentence = error instanceof SpecFileError || error instanceof SpecTextError;
    throw isSentence ? new Failure(error.message, 1, { cause: error }) : error;
  }
}

/** Where the text is: standard input for "-", and for a recording the spec that it was made from. */
function placeOf(source: string, cwd: string): { path: string; name: string } {
  if (source === "-") return { path: "-", name: "<stdin>" };
  const path = resolve(cwd, source);
  const ofStore = join(path, "spec.json");
  return existsSync(ofStore)
    ? { path: ofStore, name: join(source, "spec.json") }
    : { path, name: source };
}

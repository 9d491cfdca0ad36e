// SPEC|PRESET → a parsed spec, with every complaint at its place in the file or the --set that caused it.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { formatIssue, type Issue, type Spec } from "@minisim/spec";
import { formatIssues, readSpecText, type SpecDocument, SpecTextError } from "@minisim/spec/text";
import { preset, presetNames, type Simulator } from "minisim";
import { Failure, systemSentence, usageFailure } from "./failure.ts";
import { applyOverrides, type Override } from "./override.ts";
import { didYouMean } from "./similar.ts";

export interface SpecRequest {
  /** A file or the name of a preset. */
  readonly source: string;
  readonly set?: readonly string[];
  readonly cwd: string;
  readonly simulator: Simulator;
}

export interface CheckedSpec {
  /** Absent when there are errors. */
  readonly spec?: Spec;
  readonly issues: readonly Issue[];
  /** One line per issue: `file:line:column  path: sentence`. */
  readonly messages: readonly string[];
}

interface Source {
  readonly value: unknown;
  /** Absent for a preset. */
  readonly document?: SpecDocument;
}

/** @throws Failure for a source that cannot be read, or a --set that has no place in it. */
export function checkSpec({ source, set = [], cwd, simulator }: SpecRequest): CheckedSpec {
  const { value: written, document } = readSource(source, cwd);
  const { value, overrides } = applyOverrides(written, set);
  const result = simulator.Spec.safeParse(value);
  const issues = result.ok ? result.warnings : result.issues;
  const messages = issues.map((issue) => messageOf(issue, overrides, document, source));
  return result.ok ? { spec: result.spec, issues, messages } : { issues, messages };
}

/** The spec. @throws Failure that lists everything wrong with it. */
export function readSpec(request: SpecRequest): { spec: Spec; warnings: readonly string[] } {
  const { spec, issues, messages } = checkSpec(request);
  if (spec) return { spec, warnings: messages };
  const bySet = issues.some(
    ({ code }, i) => code === "unknown_field" && /^--set/.test(messages[i]!),
  );
  throw bySet ? usageFailure(messages.join("\n")) : new Failure(messages.join("\n"));
}

function messageOf(
  issue: Issue,
  overrides: readonly Override[],
  document: SpecDocument | undefined,
  source: string,
): string {
  const mark = issue.severity === "warning" ? "warning: " : "";
  const set = overrides.find(({ path }) => path.every((part, i) => issue.path[i] === part));
  if (set) return `--set ${set.text}  ${mark}${formatIssue(issue)}`;
  if (document) return formatIssues([issue], document)[0]!;
  return `${source}  ${mark}${formatIssue(issue)}`;
}

function readSource(source: string, cwd: string): Source {
  const known = preset(source);
  if (known) return { value: known };
  let text: string;
  try {
    text = readFileSync(resolve(cwd, source), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw neither(source);
    throw new Failure(systemSentence(error, source) ?? (error as Error).message, 1, {
      cause: error,
    });
  }
  try {
    const document = readSpecText(text, { name: source });
    return { value: document.value, document };
  } catch (error) {
    if (error instanceof SpecTextError) throw new Failure(error.message, 1, { cause: error });
    throw error;
  }
}

function neither(source: string): Failure {
  const names = presetNames();
  return usageFailure(
    `"${source}" is neither a file nor a preset.${didYouMean(source, names)} The presets are ${names.join(", ")}.`,
  );
}

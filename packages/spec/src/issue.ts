// What can be wrong with a spec, as data: where it is and one sentence about it.
import { MinisimError, type Path } from "./error.ts";
import { excerpt } from "./excerpt.ts";

export type Severity = "error" | "warning";

export interface Issue {
  readonly severity: Severity;
  /** For programs: "unknown_field", "out_of_range", ... or the code of a step's own rule. */
  readonly code: string;
  readonly path: Path;
  /** One sentence about the value at `path`; does not repeat the path. */
  readonly message: string;
}

/** `steps[2].tau_decay_s`; of a name that fills a page, its beginning. */
export function formatPath(path: Path): string {
  if (path.length === 0) return "spec";
  return path
    .map((segment, place) => {
      if (typeof segment === "number") return `[${segment}]`;
      const name = excerpt(segment);
      const isPlain = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
      if (!isPlain) return `[${JSON.stringify(name)}]`;
      return place === 0 ? name : `.${name}`;
    })
    .join("");
}

/** `steps[2].tau_decay_s: must be > 0 (got -1).` */
export function formatIssue(issue: Issue): string {
  const end = /[.?!]$/.test(issue.message) ? "" : ".";
  return `${formatPath(issue.path)}: ${issue.message}${end}`;
}

/** Thrown for a spec that cannot be used; lists everything that is wrong with it. */
export class SpecError extends MinisimError {
  override readonly name = "SpecError";
  readonly kind = "spec";
  readonly code = "invalid";
  /** Errors first, then warnings. */
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const wrong = issues.filter((issue) => issue.severity === "error");
    const errors = wrong.length;
    const lines = issues.map(
      (issue) => `  ${issue.severity === "warning" ? "warning: " : ""}${formatIssue(issue)}`,
    );
    super(
      `The spec has ${errors === 1 ? "an error" : `${errors} errors`}:\n${lines.join("\n")}`,
      wrong,
    );
    this.issues = issues;
  }
}

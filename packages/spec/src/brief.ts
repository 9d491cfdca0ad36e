// As many issues as somebody reads: a list of a million wrong numbers is one mistake.
import type { Path } from "./error.ts";
import type { Issue } from "./issue.ts";

const MOST_ERRORS = 100;

/** As many of what is found as it takes for `brief` to see that there are too many. */
export const enough = <Found>(found: readonly Found[]): readonly Found[] =>
  found.slice(0, MOST_ERRORS + 1);

/** The issues; of more than a hundred errors the first hundred, and at `base` that there are more. */
export function brief<One extends Issue>(issues: readonly One[], base: Path): (One | Issue)[] {
  const errors = issues.filter(({ severity }) => severity === "error");
  if (errors.length <= MOST_ERRORS) return [...issues];
  const message = `more than ${MOST_ERRORS} things are wrong in here; these are the first.`;
  return [
    ...errors.slice(0, MOST_ERRORS),
    { severity: "error", code: "more", path: base, message },
  ];
}

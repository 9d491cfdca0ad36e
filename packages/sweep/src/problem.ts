// What can be wrong with a sweep, as data: where it is and one sentence about it.
import { formatPath, MinisimError, type Path } from "@minisim/spec";

export interface SweepProblem {
  /** Place in the sweep: ["axes", "acquisition.optics.na", 1], ["base", "seed"], or [] for the points that come of it. */
  readonly path: Path;
  /** One sentence; does not repeat the path. */
  readonly message: string;
}

/** `axes["acquisition.optics.na"][1]: must be > 0 (got -1).` */
export function formatProblem({ path, message }: SweepProblem): string {
  return path.length === 0 ? message : `${formatPath(path)}: ${message}`;
}

// Thousands of points can be wrong in thousands of ways; `problems` has them all.
const SHOWN = 20;

/** Thrown for a sweep that cannot be run; lists everything that is wrong with it. */
export class SweepError extends MinisimError {
  override readonly name = "SweepError";
  readonly kind = "sweep";
  readonly code = "invalid";
  declare readonly problems: readonly SweepProblem[];

  /** `lineOf` writes a problem as a text does that knows its line and column. */
  constructor(problems: readonly SweepProblem[], lineOf = formatProblem) {
    const more = problems.length > SHOWN ? [`… and ${problems.length - SHOWN} more.`] : [];
    const shown = [...problems.slice(0, SHOWN).map(lineOf), ...more];
    super(
      shown.length === 1
        ? shown[0]!
        : `The sweep has ${problems.length} errors:\n${shown.map((line) => `  ${line}`).join("\n")}`,
      problems,
    );
  }
}

// @minisim/spec/error: what all errors of these packages have in common. It loads nothing else.

/** A place in a spec or another document: ["steps", 2, "tau_decay_s"]. The empty path is the document itself. */
export type Path = readonly (string | number)[];

/** One thing that is wrong. */
export interface Problem {
  /** Where: in a spec, in a store, in a file. Absent where the whole input is meant. */
  readonly path?: Path;
  /** One sentence for people. */
  readonly message: string;
}

/** Which room an error comes from. */
export type ErrorKind =
  | "format"
  | "ground_truth"
  | "input"
  | "path"
  | "pipeline"
  | "spec"
  | "store"
  | "sweep"
  | "text";

// Two copies of this module in one process know each other's errors by this mark.
const MARK = Symbol.for("minisim.error");

/**
 * An error whose message is written for people and complete: where, what, and mostly what to do. Programs switch on `kind`
 * and `code`, never on words.
 */
export abstract class MinisimError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;
  /** Everything that is wrong, at least one. The message says it too. */
  readonly problems: readonly Problem[];
  /** @internal */
  readonly [MARK] = true;

  constructor(message: string, problems: readonly Problem[], options?: ErrorOptions) {
    super(message, options);
    this.problems = problems;
  }
}

/** Whether these packages threw the error on purpose, and, given a kind, from that room. */
export function isMinisimError(error: unknown, kind?: ErrorKind): error is MinisimError {
  const ours = error instanceof Error && (error as Partial<MinisimError>)[MARK] === true;
  return ours && (kind === undefined || (error as MinisimError).kind === kind);
}

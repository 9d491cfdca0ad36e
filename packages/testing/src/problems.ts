// What is wrong with an input: all of it at once, one sentence each.

/** Thrown for options or an estimate that cannot be used. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** One sentence each, in the order of the input. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      problems.length === 1
        ? problems[0]
        : `There are ${problems.length} problems:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
    this.problems = problems;
  }
}

/** The sentence of an error that stands for a problem with the input; other errors are thrown on. */
export function sentenceOf(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  throw error;
}

export function unknownOptions(given: object, known: readonly string[]): string[] {
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => `${name} is not an option; the options are ${known.join(", ")}.`);
}

/** A value as part of a sentence. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}

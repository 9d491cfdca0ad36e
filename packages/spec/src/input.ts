// @minisim/spec/input: what is wrong with the options or the arrays that a function was given, all of it at once, one sentence each.
import { MinisimError } from "./error.ts";

/** Thrown for options or an estimate that cannot be used. */
export class InputError extends MinisimError {
  override readonly name = "InputError";
  readonly kind = "input";
  readonly code = "invalid";

  /** One sentence each, in the order of the input. */
  constructor(sentences: readonly string[]) {
    const all = sentences.map((line) => `  ${line}`).join("\n");
    super(
      sentences.length === 1 ? sentences[0]! : `There are ${sentences.length} problems:\n${all}`,
      sentences.map((message) => ({ message })),
    );
  }
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

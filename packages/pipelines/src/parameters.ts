// Values for a pipeline's parameters, checked: all that is wrong with them at once.
import { excerpt } from "@minisim/spec";
import { shown } from "@minisim/spec/input";
import { didYouMean } from "@minisim/spec/suggest";
import type { Adapter } from "./adapter.ts";
import type { Parameter } from "./adapter-schema.ts";
import { PipelineError } from "./error.ts";

export type Values = Readonly<Record<string, unknown>>;

/** All parameters, those that are not given with their defaults. @throws PipelineError "settings" that lists every problem. */
export function parametersOf(adapter: Adapter, given: Values): Record<string, unknown> {
  const problems = Object.entries(given).flatMap(([name, value]) => {
    const problem = parameterProblem(adapter, name, value);
    return problem === undefined ? [] : [`${excerpt(name)}: ${problem}`];
  });
  if (problems.length > 0) {
    throw new PipelineError("settings", problems, `These are no parameters of ${adapter.name}:`);
  }
  const complete = Object.entries(adapter.parameters).map(([name, parameter]) => [
    name,
    Object.hasOwn(given, name) ? given[name] : parameter.default,
  ]);
  return Object.fromEntries(complete);
}

/** What is wrong with a value, in one sentence; undefined where nothing is. */
export function parameterProblem(
  { name: pipeline, parameters }: Adapter,
  name: string,
  value: unknown,
): string | undefined {
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter) {
    return isValue(parameter, value)
      ? undefined
      : `must be ${rangeInWords(parameter)} (got ${excerpt(shown(value))}).`;
  }
  const known = Object.keys(parameters);
  const hint = didYouMean(name, known);
  const all = known.length === 0 ? "It has none." : `They are ${known.join(", ")}.`;
  return `is no parameter of ${pipeline}.${hint || ` ${all}`}`;
}

function isValue(parameter: Parameter, value: unknown): boolean {
  switch (parameter.type) {
    case "boolean":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
    case "choice":
      return parameter.choices.includes(value as string);
    default: {
      const [low, high] = parameter.range;
      const isNumber = typeof value === "number" && value >= low && value <= high;
      return isNumber && (parameter.type === "number" || Number.isInteger(value));
    }
  }
}

/** "a number of 0.1 to 10 s", "rigid or nonrigid". */
export function rangeInWords(parameter: Parameter): string {
  switch (parameter.type) {
    case "boolean":
      return "true or false";
    case "text":
      return "text";
    case "choice":
      return parameter.choices.join(" or ");
    default: {
      const { type, unit, range } = parameter;
      const what = type === "integer" ? "a whole number" : "a number";
      return `${what} of ${range[0]} to ${range[1]}${unit === null ? "" : ` ${unit}`}`;
    }
  }
}

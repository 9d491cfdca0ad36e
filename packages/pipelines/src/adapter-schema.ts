// pipeline.yaml: what an adapter says of itself.

import { z } from "zod";
import { isPythonRange } from "./python-range.ts";

/** Files of a run that are ours, so no results are called so. */
export const RUN_FILE = "run.json";
export const LOG_FILE = "log.txt";
export const SCORE_FILE = "score.json";
export const WORK_FOLDER = "work";
const OURS = [RUN_FILE, LOG_FILE, SCORE_FILE, WORK_FOLDER];

const text = (what: string) => z.string({ error: `must be ${what}` }).min(1, `must be ${what}`);

const about = {
  /** What it does to the result, in words. */
  meaning: text("a sentence"),
};
const numeric = {
  ...about,
  /** "px", "s", "µm"; null for a pure number. */
  unit: z.string({ error: "must be a unit, or null for a pure number" }).min(1).nullable(),
  range: z
    .tuple([z.number(), z.number()], { error: "must be [lowest, highest]" })
    .refine(([low, high]) => low <= high, "must be [lowest, highest]"),
};

const number = z.number({ error: "must be a number" });
const whole = z.int({ error: "must be a whole number" });
const flag = z.boolean({ error: "must be true or false" });
const words = z.string({ error: "must be text" });

const parameterSchema = z
  .discriminatedUnion(
    "type",
    [
      z.strictObject({ type: z.literal("number"), default: number, ...numeric }),
      z.strictObject({ type: z.literal("integer"), default: whole, ...numeric }),
      z.strictObject({ type: z.literal("boolean"), default: flag, ...about }),
      z.strictObject({
        type: z.literal("choice"),
        choices: z.array(z.string().min(1), { error: "must be a list of words" }).min(1),
        default: words,
        ...about,
      }),
      z.strictObject({ type: z.literal("text"), default: words, ...about }),
    ],
    { error: "must have a type: number, integer, boolean, choice or text" },
  )
  .refine((parameter) => isDefaultIn(parameter), {
    path: ["default"],
    error: "must be a value that the parameter can have",
  });

type ParameterType = "number" | "integer" | "boolean" | "choice" | "text";

function isDefaultIn(parameter: {
  readonly type: ParameterType;
  readonly default: unknown;
  readonly range?: readonly [number, number];
  readonly choices?: readonly string[];
}): boolean {
  const { default: value, range, choices } = parameter;
  // A range that is none is told already.
  if (range && range[0] > range[1]) return true;
  if (range) return (value as number) >= range[0] && (value as number) <= range[1];
  return choices === undefined || choices.includes(value as string);
}

const fileName = (what: string) =>
  text(what).refine(
    (name) => !/^[/\\]|(^|[/\\])\.\.([/\\]|$)/.test(name),
    "must lie in the adapter's folder",
  );

const python = z.strictObject({
  /** Which versions of Python it runs on: ">=3.10,<3.13". */
  python: text("a range of versions of Python, as in >=3.10,<3.13").refine(
    isPythonRange,
    "must be a range of versions of Python, as in >=3.10,<3.13",
  ),
  /** Called with the path of a job.json. */
  script: fileName("the name of a script"),
  /** Pinned, as pip and uv read it. Absent: the environment is the user's own. */
  requirements: fileName("the name of a file of requirements").optional(),
  /** The requirements are all that is needed: what they themselves depend on is not looked for. */
  complete: z.boolean().default(false),
  /** How a user makes the environment, where there are no requirements. */
  environment: text("a sentence").optional(),
});

const command = z.strictObject({
  /** A program and its arguments; the path of a job.json comes after them. */
  command: z.array(z.string().min(1), { error: "must be a list of words" }).min(1),
});

const baseline = z.strictObject({
  /** A pipeline of @minisim/scoring. */
  baseline: z.literal("roi"),
});

export const adapterSchema = z.strictObject({
  name: text("a name of letters, digits and _").regex(
    /^\w+$/,
    "must be a name of letters, digits and _",
  ),
  version: text("the version of the pipeline"),
  title: text("what people call it"),
  /** One sentence. */
  summary: text("a sentence"),
  run: z.union([python, command, baseline], {
    error: "must say python and script, or command",
  }),
  /** The format of `minisim export` that the movie is handed over in. */
  reads: text("a format that minisim exports"),
  writes: z.strictObject(
    {
      /** One whose results `minisim score` reads. */
      format: text("a format that minisim scores"),
      /** What the script makes: a file or a folder. */
      path: fileName("a name").refine((name) => !OURS.includes(name), {
        error: `must not be ${OURS.join(", ")}`,
      }),
    },
    { error: "must say format and path" },
  ),
  parameters: z
    .record(z.string().regex(/^[A-Za-z]\w*$/), parameterSchema, {
      error: "must be a map of parameters",
    })
    .default({}),
});

export type AdapterDocument = z.output<typeof adapterSchema>;
export type Parameter = z.output<typeof parameterSchema>;

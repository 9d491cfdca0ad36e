// minisim complete -- WORDS: what could stand at the last word. Shells call it; see completion.ts.
import { PICTURES } from "../picture-names.ts";
import { SHELLS } from "../shells.ts";
import { FILES } from "./completion.ts";
import type { Context } from "./context.ts";

/** What completion has to know of the commands; commander's Command is one. */
export interface Completable {
  name(): string;
  description(): string;
  readonly commands: readonly Completable[];
  readonly options: readonly {
    readonly long?: string | undefined;
    readonly short?: string | undefined;
    readonly required: boolean;
    readonly description: string;
  }[];
  readonly registeredArguments: readonly { name(): string }[];
}

interface Candidate {
  readonly value: string;
  readonly meaning?: string;
}

interface Offer {
  readonly candidates: readonly Candidate[];
  readonly files?: boolean;
}

const NOTHING: Offer = { candidates: [] };

/** `hidden` are commands that no one should be offered. */
export async function complete(
  context: Context,
  program: Completable,
  words: readonly string[],
  hidden: readonly string[],
): Promise<void> {
  const { before, current } = reading(words);
  const { candidates, files } = await offer(context, program, before, current, hidden);
  const lines = candidates
    .filter(({ value }) => value.startsWith(current))
    .map(({ value, meaning }) => (meaning ? `${value}\t${meaning}` : value));
  if (files) lines.push(FILES);
  for (const line of lines) context.io.stdout.write(`${line}\n`);
}

/** The words as typed: bash hands over `--until=x` as three. */
function reading(words: readonly string[]): { before: string[]; current: string } {
  const joined = words.filter((word, i) => word !== "=" || !words[i - 1]?.startsWith("--"));
  const current = words.at(-1) === "=" ? "" : (words.at(-1) ?? "");
  return { before: words.at(-1) === "=" ? joined : joined.slice(0, -1), current };
}

async function offer(
  context: Context,
  program: Completable,
  before: readonly string[],
  current: string,
  hidden: readonly string[],
): Promise<Offer> {
  const { command, positionals, pending, plugins } = parse(program, before);
  if (pending) return valuesOf(context, pending, current, plugins);
  const assigned = /^(--[^=]+)=(.*)$/.exec(current);
  if (assigned) {
    const [, option = "", value = ""] = assigned;
    const { candidates } = await valuesOf(context, option, value, plugins);
    return { candidates: candidates.map((one) => ({ ...one, value: `${option}=${one.value}` })) };
  }
  if (current.startsWith("-")) return { candidates: optionsOf(command) };
  if (command === program) {
    const shown = program.commands.filter((one) => !hidden.includes(one.name()));
    const commands = shown.map((one) => ({ value: one.name(), meaning: one.description() }));
    return { candidates: commands };
  }
  const argument = command.registeredArguments[positionals];
  return argument ? valuesOf(context, argument.name(), current, plugins) : NOTHING;
}

interface Parsed {
  readonly command: Completable;
  readonly positionals: number;
  /** The option whose value comes next. */
  readonly pending?: string;
  readonly plugins: readonly string[];
}

function parse(program: Completable, before: readonly string[]): Parsed {
  let command = program;
  let positionals = 0;
  let pending: string | undefined;
  const plugins: string[] = [];
  for (const word of before) {
    if (pending) {
      if (pending === "--plugin") plugins.push(word);
      pending = undefined;
    } else if (word.startsWith("-")) {
      const option = command.options.find(({ long, short }) => word === long || word === short);
      if (option?.required) pending = option.long;
    } else if (command === program) {
      command = program.commands.find((one) => one.name() === word) ?? program;
    } else {
      positionals++;
    }
  }
  return { command, positionals, plugins, ...(pending ? { pending } : {}) };
}

const optionsOf = ({ options }: Completable): Candidate[] => [
  ...options.flatMap(({ long, description }) =>
    long ? [{ value: long, meaning: description }] : [],
  ),
  { value: "--help", meaning: "display help for command" },
];

/** By the name of an argument, or the long form of an option. Whoever asks waits, so what an answer needs is loaded for that answer. */
async function valuesOf(
  { io }: Context,
  name: string,
  current: string,
  plugins: readonly string[],
): Promise<Offer> {
  const plain = (values: readonly string[]) => ({ candidates: values.map((value) => ({ value })) });
  switch (name) {
    case "spec|preset":
    case "store|spec|preset":
      return { ...plain(await presets()), files: true };
    case "preset":
      return plain(await presets());
    case "pipeline": {
      const { builtinNames } = await import("@minisim/pipelines");
      return { ...plain(builtinNames()), files: true };
    }
    case "store":
    case "--output":
    case "--python":
    case "--plugin":
      return { candidates: [], files: true };
    case "kind":
    case "--add":
    case "--until": {
      const { simulatorWith } = await import("../plugins.ts");
      const { steps } = await simulatorWith(plugins, io);
      const names = steps.map(({ kind, stage, summary }) => ({
        value: name === "--until" ? (stage ?? kind) : kind,
        meaning: summary,
      }));
      return { candidates: names };
    }
    case "shell":
      return plain(SHELLS);
    case "--format":
      return plain(["png", "svg"]);
    case "--only": {
      const chosen = current.split(",").slice(0, -1);
      const rest = PICTURES.filter((picture) => !chosen.includes(picture));
      return plain(rest.map((picture) => [...chosen, picture].join(",")));
    }
    default:
      return NOTHING;
  }
}

const presets = async (): Promise<readonly string[]> => (await import("minisim")).presetNames;

// All commands with their arguments, options and examples.
import { Argument, Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { complete } from "./commands/complete.ts";
import { completion, SHELLS } from "./commands/completion.ts";
import type { Context } from "./commands/context.ts";
import { init } from "./commands/init.ts";
import { inspect } from "./commands/inspect.ts";
import { PICTURES, render } from "./commands/render.ts";
import { schema } from "./commands/schema.ts";
import { simulate } from "./commands/simulate.ts";
import { steps } from "./commands/steps.ts";
import { validate } from "./commands/validate.ts";
import { VERSION } from "./version.ts";

const collect = (value: string, previous: string[]): string[] => [...previous, value];
const SET = [
  "--set <path=value>",
  "change a field first; may be repeated",
  collect,
  [] as string[],
] as const;
const PLUGIN = [
  "--plugin <path|package>",
  "add the steps that a file or package exports; may be repeated",
  collect,
  [] as string[],
] as const;

/** `exit` receives the code of a command that ended in order but not well. */
export function createProgram(context: Context, exit: (code: number) => void) {
  const { io, out } = context;
  const program = new Command("minisim")
    .description(
      "Simulates miniscope calcium imaging: a spec in, a recording with its exact truth out.",
    )
    .version(VERSION, "-V, --version")
    .option("--debug", "show stack traces of unexpected errors")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 100, 100),
      getErrHelpWidth: () => Math.min(io.stderr.columns ?? 100, 100),
      getOutHasColors: () => out.isColorSupported,
      getErrHasColors: () => context.err.isColorSupported,
    })
    .configureHelp({
      styleTitle: (text) => out.bold(text),
      styleCommandText: (text) => out.cyan(text),
      styleSubcommandText: (text) => out.cyan(text),
      styleOptionText: (text) => out.cyan(text),
      styleArgumentText: (text) => out.cyan(text),
    })
    .showHelpAfterError(out.dim("(minisim --help shows how.)"))
    .exitOverride();
  program.addHelpText(
    "after",
    examples(context, [
      "minisim simulate miniscope_v4/ca1 -o recording.zarr",
      "minisim inspect recording.zarr",
      "minisim render recording.zarr -o pictures",
    ]),
  );
  const command = (name: string, description: string, shown: readonly string[]) =>
    program
      .command(name)
      .description(description)
      // Accepted after the command as well as before it.
      .option("--debug", "show stack traces of unexpected errors")
      .addHelpText("after", examples(context, shown));

  command("init", "Write a commented spec from a preset; list the presets without one.", [
    "minisim init",
    "minisim init miniscope_v4/ca1 -o spec.yaml",
  ])
    .argument("[preset]", "name of a preset")
    .option("-o, --output <file>", "file to write instead of stdout")
    .option("-f, --force", "replace the file if it exists")
    .option("--json", "JSON instead of YAML, without comments")
    .action((name, options) => init(context, name, defined(options)));

  command("validate", "Check a spec; every issue as file:line:column path: sentence.", [
    "minisim validate spec.yaml",
    "minisim validate spec.yaml --set acquisition.fps=30 --json",
  ])
    .argument("<spec|preset>", "YAML or JSON file, or a preset")
    .option(...SET)
    .option(...PLUGIN)
    .option("--json", "machine-readable result")
    .action(async (source, options) => exit(await validate(context, source, defined(options))));

  command("simulate", "Simulate a recording and store it with its ground truth.", [
    "minisim simulate miniscope_v4/ca1 -o recording.zarr",
    "minisim simulate spec.yaml -o out.zarr --seed 7 --set acquisition.optics.na=0.2",
    "minisim simulate spec.yaml -o out.zarr --set steps.place_neurons.density_per_mm3=1e4",
    "minisim simulate spec.yaml -o clean.zarr --until composite",
    "minisim simulate spec.yaml -o out.zarr --resume",
  ])
    .argument("<spec|preset>", "YAML or JSON file, or a preset")
    .requiredOption("-o, --output <store>", "folder to write, NAME.zarr")
    .option(...SET)
    .option("--seed <n>", "seed of all randomness", wholeNumber)
    .option("--until <stage>", "keep the movie after this stage instead of the last")
    .option("-f, --force", "replace the store if it exists, once the new one is complete")
    .option("--resume", "continue what a killed run left unfinished; the bytes are the same")
    .option("--workers <n>", "threads that render and write; all cores where absent", wholeNumber)
    .option("--profile", "print at the end where the time went")
    .option(...PLUGIN)
    .option("-q, --quiet", "print errors only")
    .option("--json", "machine-readable summary")
    .action((source, options) => simulate(context, source, defined(options)));

  command("inspect", "Say what is in a recording: sizes, cells, light, motion, warnings.", [
    "minisim inspect recording.zarr",
    "minisim inspect recording.zarr --json",
  ])
    .argument("<store>", "folder of a recording")
    .option(...PLUGIN)
    .option("--json", "machine-readable result")
    .action((store, options) => inspect(context, store, defined(options)));

  command("render", "Draw pictures of a recording as PNG files.", [
    "minisim render recording.zarr -o pictures",
    "minisim render recording.zarr -o pictures --only mean,traces",
    "minisim render recording.zarr -o pictures --only frame --frame 100",
  ])
    .argument("<store>", "folder of a recording")
    .requiredOption("-o, --output <folder>", "folder for the pictures; made if absent")
    .option("--only <pictures>", `some of ${PICTURES.join(", ")}`, (text) => text.split(","))
    .option("--frame <n>", "number of the frame to draw, from 0", wholeNumber)
    .option("--format <format>", "png or svg", "png")
    .option("-q, --quiet", "print errors only")
    .option("--json", "machine-readable list of files")
    .action((store, options) => render(context, store, defined(options)));

  command("steps", "List the effect steps; show one with parameters, units, ranges, sources.", [
    "minisim steps",
    "minisim steps vasculature",
  ])
    .argument("[kind]", "step to show")
    .option(...PLUGIN)
    .option("--json", "machine-readable result")
    .action((kind, options) => steps(context, kind, defined(options)));

  command("schema", "Print the JSON Schema of specs, for editors.", [
    "minisim schema > spec.schema.json",
  ])
    .option(...PLUGIN)
    .action((options) => schema(context, defined(options)));

  command("completion", "Print a script that makes a shell complete this command.", [
    "minisim completion fish | source     # in ~/.config/fish/config.fish",
    'eval "$(minisim completion bash)"    # in ~/.bashrc',
    'eval "$(minisim completion zsh)"     # in ~/.zshrc, after compinit',
  ])
    .addArgument(new Argument("<shell>").choices(SHELLS))
    .action((shell) => completion(context, shell));

  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action((words) => complete(context, program, words, ["complete"]));

  return program;
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError("It must be a whole number, 0 or more.");
}

function examples({ out }: Context, shown: readonly string[]): string {
  return `\n${out.bold("Examples:")}\n${shown.map((line) => `  ${line}`).join("\n")}\n`;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Options that were not given are absent rather than undefined. */
function defined<T extends object>(options: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}

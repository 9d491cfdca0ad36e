// All commands with their arguments, options and examples.
import { Argument, Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { cacheList, cachePrune } from "./commands/cache.ts";
import { complete } from "./commands/complete.ts";
import { completion, SHELLS } from "./commands/completion.ts";
import type { Context } from "./commands/context.ts";
import { exportAs } from "./commands/export.ts";
import { init } from "./commands/init.ts";
import { inspect } from "./commands/inspect.ts";
import { PICTURES, render } from "./commands/render.ts";
import { report } from "./commands/report.ts";
import { schema } from "./commands/schema.ts";
import { score } from "./commands/score.ts";
import { simulate } from "./commands/simulate.ts";
import { steps } from "./commands/steps.ts";
import { sweep } from "./commands/sweep.ts";
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
const OPTION = [
  "--option <name=value>",
  "set something that the format lets choose; may be repeated",
  collect,
  [] as string[],
] as const;
// Of every command that scores.
const FORMAT = [
  "--format <format>",
  "format of the results; found by their content where absent",
] as const;
const METRIC = [
  "--metric <metric>",
  "likeness of footprints: iou, cosine or weighted_jaccard",
] as const;
const THRESHOLD = [
  "--threshold <x>",
  "likeness from which a pair is a match; 0.5 where absent",
  Number,
] as const;
const ALL_CELLS = [
  "--all-cells",
  "count recall over all cells, not the detectable ones alone",
] as const;
const SHIFT = [
  "--shift <dy,dx>",
  "moves the results' footprints: auto, none or whole pixels",
] as const;
const CORRECTIONS = [
  "--corrections",
  "the results' shifts are those that undo the motion",
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

  command(
    "export",
    "Write a recording in the layout of another tool; list the formats without one.",
    [
      "minisim export",
      "minisim export --to miniscope_v4",
      "minisim export recording.zarr --to nwb -o recording.nwb",
      "minisim export miniscope_v4/ca1 --to tiff -o movie.tif --set acquisition.duration_s=10",
    ],
  )
    .argument("[store|spec|preset]", "folder of a recording, or what to simulate")
    .option("--to <format>", "one of those that export lists")
    .option("-o, --output <path>", "file or folder to write")
    .option(...OPTION)
    .option(...SET)
    .option("--seed <n>", "seed of all randomness", wholeNumber)
    .option("-f, --force", "replace what is there, once the new one is complete")
    .option("--workers <n>", "threads that render; all cores where absent", wholeNumber)
    .option(...PLUGIN)
    .option("-q, --quiet", "print errors only")
    .option("--json", "machine-readable result")
    .action((source, options) => exportAs(context, source, defined(options)));

  command("score", "Score a pipeline's results against the truth of a recording.", [
    "minisim score recording.zarr caiman_results.hdf5",
    "minisim score recording.zarr suite2p/plane0 --metric cosine --threshold 0.7",
    "minisim score recording.zarr roi      # a naive pipeline: the floor",
    "minisim score recording.zarr oracle   # demixing with the true footprints: the ceiling",
  ])
    .argument("<store>", "folder of a recording")
    .argument("<estimate>", "results of a pipeline, or roi, roi_mean, oracle")
    .option(...FORMAT)
    .option(...OPTION)
    .option(...METRIC)
    .option(...THRESHOLD)
    .option(...ALL_CELLS)
    .option(...SHIFT)
    .option(...CORRECTIONS)
    .option("--json", "machine-readable report, with a row for every cell")
    .action((store, source, options) => score(context, store, source, defined(options)));

  command("report", "Draw how estimates compare with the truth and with each other.", [
    "minisim report recording.zarr -o report.html",
    "minisim report recording.zarr results.hdf5 roi oracle -o report.html",
  ])
    .argument("<store>", "folder of a recording")
    .argument("[estimates...]", "results of pipelines; roi, roi_mean and oracle where absent")
    .requiredOption("-o, --output <path>", "file NAME.html, or a folder for SVG files")
    .option(...FORMAT)
    .option(...OPTION)
    .option(...METRIC)
    .option(...THRESHOLD)
    .option(...ALL_CELLS)
    .option(...SHIFT)
    .option(...CORRECTIONS)
    .option("-q, --quiet", "print errors only")
    .action((store, sources, options) => report(context, store, sources, defined(options)));

  command("sweep", "Simulate every point of a grid, score pipelines on it, keep one table.", [
    "minisim sweep sweep.yaml --dry-run",
    "minisim sweep sweep.yaml -o results --pipeline roi --pipeline oracle",
    "minisim sweep sweep.yaml -o results --pipeline 'mine=python mine.py {recording} {estimate}'",
    "minisim sweep sweep.yaml -o results --resume",
  ])
    .argument("<sweep>", "YAML or JSON file with a base, axes and pipelines")
    .option("-o, --output <folder>", "folder for the points and the table")
    .option("--resume", "go on where an earlier run stopped; nothing is done twice")
    .option("--dry-run", "say what it would cost")
    .option(
      "--pipeline <name|name=command>",
      "a pipeline to score, beside those of the file; may be repeated",
      collect,
      [] as string[],
    )
    .option("--cache <folder>", "where recordings are kept")
    .option("--cache-size <size>", "most that the cache may hold, as in 50GB")
    .option("--workers <n>", "threads of each simulation; all cores where absent", wholeNumber)
    .option(...PLUGIN)
    .option("-q, --quiet", "print errors only")
    .option("--json", "machine-readable summary")
    .action(async (source, options) => exit(await sweep(context, source, defined(options))));

  const cache = command("cache", "List or remove the recordings that sweeps keep.", [
    "minisim cache ls",
    "minisim cache prune --max-size 5GB",
  ]);
  cache
    .command("ls")
    .description("List the recordings of the cache, the last used first.")
    .option("--cache <folder>", "where recordings are kept")
    .option("--json", "machine-readable list")
    .action((options) => cacheList(context, defined(options)));
  cache
    .command("prune")
    .description("Remove recordings, those not used for longest first, never one in use.")
    .option("--cache <folder>", "where recordings are kept")
    .option("--max-size <size>", "until no more than this is left, as in 5GB")
    .option("--older-than <time>", "those last used before, as in 12h, 30d, 2w")
    .option("--all", "all of them")
    .option("--json", "machine-readable result")
    .action((options) => cachePrune(context, defined(options)));

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

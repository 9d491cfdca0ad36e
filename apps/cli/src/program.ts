// The program: its help, its own options, and the commands in the order in which the help lists them.
import { Command } from "@commander-js/extra-typings";
import { declareCache } from "./commands/cache.command.ts";
import { declareCompare } from "./commands/compare.command.ts";
import { declareComplete, declareCompletion } from "./commands/completion.command.ts";
import type { Context } from "./commands/context.ts";
import { commandsOf, DEBUG, type Declaring, exampleText } from "./commands/declaration.ts";
import { declareExport } from "./commands/export.command.ts";
import { declareFinish } from "./commands/finish.command.ts";
import { declareInit } from "./commands/init.command.ts";
import { declareInspect } from "./commands/inspect.command.ts";
import { declareMeasure } from "./commands/measure.command.ts";
import { declareMigrate } from "./commands/migrate.command.ts";
import { declareRender } from "./commands/render.command.ts";
import { declareReport } from "./commands/report.command.ts";
import { declareRun } from "./commands/run.command.ts";
import { declareSchema } from "./commands/schema.command.ts";
import { declareScore } from "./commands/score.command.ts";
import { declareSimulate } from "./commands/simulate.command.ts";
import { declareStatus } from "./commands/status.command.ts";
import { declareSteps } from "./commands/steps.command.ts";
import { declareSubmit } from "./commands/submit.command.ts";
import { declareSweep } from "./commands/sweep.command.ts";
import { declareValidate } from "./commands/validate.command.ts";
import { checkOutput } from "./output-address.ts";
import { VERSION } from "./version.ts";

const DECLARATIONS = [
  declareInit,
  declareValidate,
  declareMigrate,
  declareSimulate,
  declareFinish,
  declareStatus,
  declareInspect,
  declareCompare,
  declareMeasure,
  declareRender,
  declareExport,
  declareRun,
  declareScore,
  declareReport,
  declareSweep,
  declareSubmit,
  declareCache,
  declareSteps,
  declareSchema,
  declareCompletion,
];

/** `exit` receives the code of a command that ended in order but not well. */
export function createProgram(context: Context, exit: (code: number) => void) {
  const { io, out } = context;
  const program = new Command("minisim")
    .description(
      "Simulates miniscope calcium imaging: a spec in, a recording with its exact truth out.",
    )
    .version(VERSION, "-V, --version")
    .option(...DEBUG)
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
    .hook("preAction", (_, action) => checkOutput(action.name(), action.opts().output))
    .exitOverride();
  program.addHelpText(
    "after",
    exampleText(context, [
      "minisim simulate miniscope_v4/ca1 -o recording.zarr",
      "minisim inspect recording.zarr",
      "minisim render recording.zarr -o pictures",
    ]),
  );
  const declaring: Declaring = { context, exit, command: commandsOf(program, context) };
  for (const declare of DECLARATIONS) declare(declaring);
  declareComplete(declaring, program);
  return program;
}

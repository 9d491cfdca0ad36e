// The command line: parse, dispatch, exit code.
import { join, sep } from "node:path";
import process from "node:process";
import { CommanderError } from "@commander-js/extra-typings";
import { isMinisimError } from "@minisim/spec/error";
import type { Context } from "./commands/context.ts";
import { EXIT, Failure, machineSentence } from "./failure.ts";
import { colorsFor, Interrupted, type Io, processIo } from "./io.ts";
import { createProgram } from "./program.ts";

export type { Io, Stream } from "./io.ts";

/**
 * Runs `minisim ...argv` and returns its exit code: 0 ok, 1 failed, 2 wrong usage, 128 + n ended by signal n (130: interrupted). Never throws.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const context: Context = {
    io,
    out: colorsFor(io.stdout, io.env),
    err: colorsFor(io.stderr, io.env),
    left: () => "nothing was left behind.",
  };
  let exitCode: number = EXIT.ok;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { text, code } = explain(error, context);
    io.stderr.write(`${context.err.red("error:")} ${text}\n`);
    if (argv.includes("--debug") && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    return code;
  }
}

/** What the file bin/minisim.js calls: this process as the world outside. */
export async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), processIo());
}

function explain(
  error: unknown,
  { io, left, interruptedCode }: Context,
): { text: string; code: number } {
  const reason = error instanceof Interrupted ? error : io.signal.aborted && io.signal.reason;
  if (reason) {
    const ofSignal = reason instanceof Interrupted ? reason.exitCode : EXIT.interrupted;
    const code = interruptedCode ?? ofSignal;
    return { text: `interrupted; ${left()}`, code };
  }
  if (error instanceof Failure) return { text: error.message, code: error.exitCode };
  if (isMinisimError(error)) {
    const replaceable = error.kind === "path" && error.code === "exists";
    const hint = replaceable ? " Use --force to replace it." : "";
    const code = error.code === "settings" ? EXIT.usage : EXIT.failed;
    // Paths as short as the user wrote them.
    const message = error.message.replaceAll(join(io.cwd, sep), "");
    return { text: `${message}${hint}`, code };
  }
  const sentence = machineSentence(error);
  if (sentence !== undefined) return { text: sentence, code: EXIT.failed };
  const message = error instanceof Error ? error.message : String(error);
  return { text: `${message} (--debug shows where.)`, code: EXIT.failed };
}

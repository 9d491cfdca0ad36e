// The command line: parse, dispatch, exit code.
import process from "node:process";
import { CommanderError } from "@commander-js/extra-typings";
import { EXIT, Failure } from "./failure.ts";
import { colorsFor, Interrupted, type Io, processIo } from "./io.ts";
import { createProgram } from "./program.ts";

export type { Io } from "./io.ts";

/** Runs `minisim ...argv` and returns its exit code: 0 ok, 1 failed, 2 wrong usage, 130 interrupted. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const context = { io, out: colorsFor(io.stdout, io.env), err: colorsFor(io.stderr, io.env) };
  let exitCode: number = EXIT.ok;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { text, code } = explain(error, io);
    io.stderr.write(`${context.err.red("error:")} ${text}\n`);
    if (argv.includes("--debug") && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    return code;
  }
}

/** What the file bin/minisim.js calls: this process as the world outside. */
export async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), processIo());
}

// Errors whose message is all there is to say. Known by name: to load their classes is to load the packages they are from.
const PLAIN = ["InputError", "InteropError", "SpecError", "StoreError", "SweepError"];

function explain(error: unknown, io: Io): { text: string; code: number } {
  if (error instanceof Interrupted || io.signal.aborted) {
    return { text: "interrupted; nothing was left behind.", code: EXIT.interrupted };
  }
  if (error instanceof Failure) {
    const many = error.message.includes("\n");
    const text = many ? `the spec is not valid.\n${error.message}` : error.message;
    return { text, code: error.exitCode };
  }
  if (error instanceof Error && PLAIN.includes(error.name)) {
    const inTheWay = "code" in error && error.code === "exists";
    const replaceable = inTheWay && error.message.includes("exists already");
    const hint = replaceable ? " Use --force to replace it." : "";
    return { text: `${error.message}${hint}`, code: EXIT.failed };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { text: `${message} (--debug shows where.)`, code: EXIT.failed };
}

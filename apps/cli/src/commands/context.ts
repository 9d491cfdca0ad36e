// What every command gets beside its own arguments.
import type { Colors, Io } from "../io.ts";

export interface Context {
  readonly io: Io;
  /** Colours of stdout and of stderr. */
  readonly out: Colors;
  readonly err: Colors;
  /** What an interrupted command has left on the disk, in words. A command that leaves something says so here. */
  left: () => string;
  /** The exit code of this command where a signal has ended it; that of the signal where absent. */
  interruptedCode?: number;
}

/** The spec's warnings, and those of the recording that it became: what both say is said once. */
export function withWarningsOf(
  warnings: readonly string[],
  made: readonly { readonly message: string }[],
): readonly string[] {
  const own = made.map(({ message }) => message);
  return [...warnings, ...own.filter((text) => !warnings.some((one) => one.includes(text)))];
}

/** Prints `warning: …` lines on stderr. */
export function printWarnings({ io, err }: Context, warnings: readonly string[]): void {
  for (const warning of warnings) {
    const marked = /\bwarning: /.test(warning) ? warning : `warning: ${warning}`;
    io.stderr.write(`${err.yellow(marked)}\n`);
  }
}

// What the declarations of commands share. A declaration stands beside what its command does and says how it is called; the code
// behind it is loaded when the command runs, so that no command waits for the code of another.
import type { Command } from "@commander-js/extra-typings";
import type { Context } from "./context.ts";

export interface Declaring {
  readonly context: Context;
  /** A new command of the program. */
  readonly command: CommandMaker;
  /** Receives the code of a command that ended in order but not well. */
  readonly exit: (code: number) => void;
}

export type CommandMaker = ReturnType<typeof commandsOf>;

/** Makes commands of `program`, each with its description and examples. */
export function commandsOf(program: Command<[], { debug?: true }>, context: Context) {
  return (name: string, description: string, examples: readonly string[]) =>
    program
      .command(name)
      .description(description)
      // Accepted after the command as well as before it.
      .option(...DEBUG)
      .addHelpText("after", exampleText(context, examples));
}

export const DEBUG = ["--debug", "show stack traces of unexpected errors"] as const;

export function exampleText({ out }: Context, examples: readonly string[]): string {
  return `\n${out.bold("Examples:")}\n${examples.map((line) => `  ${line}`).join("\n")}\n`;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Options that were not given are absent rather than undefined. */
export function defined<T extends object>(options: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}

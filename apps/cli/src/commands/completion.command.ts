// minisim completion, as people call it, and minisim complete, as shells do.
import { Argument, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { SHELLS } from "../shells.ts";
import type { Declaring } from "./declaration.ts";

export function declareCompletion({ context, command }: Declaring): void {
  command("completion", "Print a script that makes a shell complete this command.", [
    "minisim completion fish | source     # in ~/.config/fish/config.fish",
    'eval "$(minisim completion bash)"    # in ~/.bashrc',
    'eval "$(minisim completion zsh)"     # in ~/.zshrc, after compinit',
  ])
    .addArgument(new Argument("<shell>").choices(SHELLS))
    .action(async (shell) => {
      const { completion } = await import("./completion.ts");
      completion(context, shell);
    });
}

/** Answers about all commands of `program`, itself not among them. */
export function declareComplete({ context }: Declaring, program: CommandUnknownOpts): void {
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words) => {
      const { complete } = await import("./complete.ts");
      await complete(context, program, words, ["complete"]);
    });
}

// The page of all commands: what each says of itself when it is asked for help.
import { main } from "@minisim/cli";
import type { Page } from "./page.ts";
import { block } from "./prose.ts";

export async function commandsPage(): Promise<Page> {
  const whole = await helpOf([]);
  const [, list] = /\nCommands:\n(.*?)\n\n/s.exec(whole) ?? [];
  const names = [...(list ?? "").matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!);
  const parts = names
    .filter((name) => name !== "help")
    .map(async (name) => `## \`minisim ${name}\`\n\n${block("text", await helpOf([name]))}`);
  return {
    path: "commands.md",
    title: "Commands and options",
    description: "Every command of minisim with its arguments, options and examples.",
    text: [
      "# Commands and options",
      "What `minisim COMMAND --help` prints. How the commands go together: [the command line](/apps/cli.md).",
      ...(await Promise.all(parts)),
    ].join("\n\n"),
  };
}

async function helpOf(words: readonly string[]): Promise<string> {
  let said = "";
  const stdout = { write: (text: string) => (said += text), columns: 88 };
  const silent = { write: () => {} };
  const io = { stdout, stderr: silent, cwd: ".", env: {}, signal: new AbortController().signal };
  const code = await main([...words, "--help"], io);
  if (code !== 0) throw new Error(`minisim ${words.join(" ")} --help failed.`);
  return said;
}

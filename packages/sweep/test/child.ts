// Starts a child process on the sources, for tests that need another process.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));

export interface Ended {
  readonly lines: readonly string[];
  readonly killed: boolean;
}

/** Runs `test/NAME` with some words; `onLine` gets what it prints, and may kill it. @throws Error with what it complained about. */
export async function runChild(
  name: string,
  words: readonly string[],
  onLine: (line: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const argv = [runner, file, ...words];
  const child = spawn(process.execPath, argv, { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
  const lines: string[] = [];
  let problem = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    onLine(line, child);
  });
  child.stderr.on("data", (text) => {
    problem += text;
  });
  const [code, signal] = await once(child, "close");
  if (code !== 0 && signal !== "SIGKILL") throw new Error(problem);
  return { lines, killed: signal === "SIGKILL" };
}

// A program of this folder in a process of its own, which may be killed on the way.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));

/** Runs the program, which says something when it starts; kills it `after_ms` from there, or when that resolves, if it still runs then. */
export async function run(
  program: string,
  words: readonly string[],
  after_ms?: number | (() => Promise<void>),
) {
  const child = spawn(
    process.execPath,
    [runner, fileURLToPath(new URL(program, import.meta.url)), ...words],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  let start = 0;
  let problem = "";
  child.stdout.once("data", () => {
    start = performance.now();
    const kill = () => child.kill("SIGKILL");
    if (typeof after_ms === "number") setTimeout(kill, after_ms);
    else after_ms?.().then(kill, kill);
  });
  child.stderr.on("data", (text) => {
    problem += text;
  });
  const [code, signal] = await once(child, "close");
  const killed = signal === "SIGKILL";
  if (code !== 0 && !killed) throw new Error(problem);
  return { killed, duration_ms: performance.now() - start };
}

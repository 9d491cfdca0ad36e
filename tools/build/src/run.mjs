// The tools of the build as child processes: where one of them fails, this process ends with its exit code.
import { spawnSync } from "node:child_process";
import { delimiter, resolve } from "node:path";
import process from "node:process";
import { root } from "./manifest.mjs";

/** Runs the compiler in the current folder. */
export const runTsc = (words) => runTool("typescript", "bin/tsc", words);

/** Runs vitest in the current folder. */
export const runVitest = (words) => runTool("vitest", "vitest.mjs", words);

/** Runs pnpm in the current folder. */
export const runPnpm = (words) => runTool("pnpm", "bin/pnpm.cjs", words);

/** Runs turbo, which starts the scripts of packages with the pnpm that it finds on the path. */
export function runTurbo(words) {
  process.env.PATH = `${resolve(root, "node_modules/.bin")}${delimiter}${process.env.PATH}`;
  process.env.TURBO_TELEMETRY_DISABLED = "1";
  process.env.TURBO_NO_UPDATE_NOTIFIER = "1";
  runTool("turbo", "bin/turbo", words);
}

/** Runs a file of a package that this one depends on. Node reads it, so that no shell decides what a word is. */
function runTool(name, file, words) {
  const path = resolve(import.meta.dirname, "../node_modules", name, file);
  const { status, error } = spawnSync(process.execPath, [path, ...words], { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

#!/usr/bin/env node
// Builds the workspace: every package's modules through turbo, which skips what has not changed, then all declarations.
// With --js the modules alone: all that running the command line takes.
import { spawnSync } from "node:child_process";

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
const run = (command, args) => {
  const shell = process.platform === "win32";
  const { status } = spawnSync(command, args, { stdio: "inherit", shell, env });
  if (status !== 0) process.exit(status ?? 1);
};

run("turbo", ["run", "build", "--output-logs=errors-only"]);
if (!process.argv.includes("--js")) run("node", ["packages/build/src/declarations.mjs"]);

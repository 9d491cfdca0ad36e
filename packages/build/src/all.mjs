#!/usr/bin/env node
// Builds every package and app of the workspace, dependencies first. turbo skips what has not changed.
import { spawnSync } from "node:child_process";

const { status } = spawnSync("turbo", ["run", "build", "--output-logs=errors-only"], {
  stdio: "inherit",
  shell: process.platform === "win32",
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
});
process.exit(status ?? 1);

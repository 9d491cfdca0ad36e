#!/usr/bin/env node
// npm run wheel: bundles the engine and makes the wheel in dist/ of the repository. Needs Python 3 with venv; PYTHON names another one.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { bundleEngine } from "./bundle.mjs";

const root = resolve(import.meta.dirname, "../../..");
const project = resolve(import.meta.dirname, "..");
const venv = join(root, ".venv-wheel");
const isWindows = process.platform === "win32";
const venvPython = join(venv, isWindows ? "Scripts/python.exe" : "bin/python");

copyFileSync(join(root, "LICENSE"), join(project, "LICENSE"));
await bundleEngine(join(project, "src/minisim_ts/engine"));
if (!existsSync(venvPython)) {
  run(process.env.PYTHON ?? (isWindows ? "python" : "python3"), ["-m", "venv", venv]);
}
const quiet = ["-qq", "--disable-pip-version-check"];
run(venvPython, ["-m", "pip", "wheel", ...quiet, "--no-deps", "-w", join(root, "dist"), project]);

function run(command, words) {
  const { status, error } = spawnSync(command, words, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

#!/usr/bin/env node
// Checks and tests the Python package: format, lint and types of the sources, then the tests, which import the wheel that
// .ci/python-venv.sh has installed. With words: pytest alone, with these.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import process from "node:process";

const root = resolve(import.meta.dirname, "../../..");
const words = process.argv.slice(2);
const pytest = ["pytest", "-q", "-p", "no:cacheprovider"];

if (words.length > 0) {
  run(".venv-python", [...pytest, ...words]);
} else {
  run(".venv-python", ["ruff", "check", "."]);
  run(".venv-python", ["ruff", "format", "--check", "--quiet", "."]);
  run(".venv-python", ["mypy"]);
  run(".venv-python", pytest);
  run(".venv-neuroconv", [...pytest, "interop"]);
}

function run(venv, [module, ...rest]) {
  const { status, error } = spawnSync(join(root, venv, "bin/python"), ["-m", module, ...rest], {
    cwd: join(root, "apps/python"),
    stdio: "inherit",
    env: { ...process.env, MINISIM_TEST_NODE: process.execPath },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

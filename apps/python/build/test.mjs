#!/usr/bin/env node
// Runs the tests of the wheel in .venv-python, whatever the folder: what is imported is what was installed. Words go to pytest.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import process from "node:process";

const root = resolve(import.meta.dirname, "../../..");
const python = join(root, ".venv-python/bin/python");
const words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", ...process.argv.slice(2)];
const { status, error } = spawnSync(python, words, {
  cwd: join(root, "apps/python"),
  stdio: "inherit",
  env: { ...process.env, MINISIM_TEST_NODE: process.execPath },
});
if (error) throw error;
process.exit(status ?? 1);

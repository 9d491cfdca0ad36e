#!/usr/bin/env node
// Fails where pnpm-lock.yaml would not install on some platform or from some registry.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { problemsOf } from "./lockfile.mjs";
import { root } from "./manifest.mjs";

const problems = problemsOf(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"));
for (const problem of problems) process.stderr.write(`pnpm-lock.yaml: ${problem}\n`);
if (problems.length > 0) {
  process.stderr.write("`npx pnpm install --fix-lockfile` writes it anew.\n");
  process.exitCode = 1;
}

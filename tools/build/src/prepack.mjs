#!/usr/bin/env node
// minisim-prepack: before the package in the current folder is packed, builds it, and refuses where a file that its manifest or its
// README promises would be missing from the tarball.
import process from "node:process";
import { manifestOf } from "./manifest.mjs";
import { missingFiles } from "./promised.mjs";
import { runTurbo } from "./run.mjs";

const manifest = manifestOf(".");
if (!process.env.npm_config_user_agent?.startsWith("pnpm/")) {
  refuse(["pack with pnpm: others would leave `workspace:` in the versions of its dependencies."]);
}
runTurbo(["run", "build", `--filter=${manifest.name}`, "--output-logs=errors-only"]);
const missing = missingFiles(".", manifest);
if (missing.length > 0) refuse(missing);

function refuse(problems) {
  for (const problem of problems) process.stderr.write(`${manifest.name}: ${problem}\n`);
  process.exit(1);
}

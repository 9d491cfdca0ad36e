#!/usr/bin/env node
// minisim-build: builds the package in the current folder into dist/, modules and declarations. Declarations need those of the
// dependencies. So a build that turbo did not start starts turbo, which builds these first.
import process from "node:process";
import { writeDeclarations } from "./declarations.mjs";
import { manifestOf } from "./manifest.mjs";
import { writeModules } from "./modules.mjs";
import { runTurbo } from "./run.mjs";

if (process.env.TURBO_HASH) {
  await writeModules(".");
  writeDeclarations();
} else {
  runTurbo(["run", "build", `--filter=${manifestOf(".").name}`, "--output-logs=errors-only"]);
}

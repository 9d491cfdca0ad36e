#!/usr/bin/env node
// minisim-test [WORDS...]: the unit tests of the package in the current folder. Fails where there are none.
import { relative } from "node:path";
import process from "node:process";
import { root } from "./manifest.mjs";
import { runVitest } from "./run.mjs";

const folder = relative(root, process.cwd()).replaceAll("\\", "/");
runVitest([
  "run",
  "--root",
  root,
  "--project",
  "unit",
  `${folder}/test/`,
  ...process.argv.slice(2),
]);

#!/usr/bin/env node
// FOLDER: builds all packages that are published, and packs each into a tarball there.
import { resolve } from "node:path";
import process from "node:process";
import { manifestOf, packageFolders } from "./manifest.mjs";
import { runPnpm, runTurbo } from "./run.mjs";

const names = packageFolders()
  .map(manifestOf)
  .filter((manifest) => !manifest.private)
  .map(({ name }) => `--filter=${name}`);
runTurbo(["run", "build", ...names, "--output-logs=errors-only"]);
runPnpm([...names, "pack", "--pack-destination", resolve(process.argv[2])]);

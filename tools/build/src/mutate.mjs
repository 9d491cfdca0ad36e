#!/usr/bin/env node
// WORDS...: changes the sources named, one small change at a time, and runs the unit tests of their package. A change that no test
// notices shows a test that is missing, or code that does nothing. A word is a package, a folder or a file of it, or lines of a file:
// render, store/src/node, render/src/weights.ts, render/src/weights.ts:30-50.
import { existsSync, statSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { root } from "./manifest.mjs";

const PACKAGES = ["render", "finalize", "scoring", "store"];

process.chdir(root);
const words = process.argv.slice(2);
for (const [name, patterns] of byPackage(words.length > 0 ? words : PACKAGES)) {
  process.stdout.write(`\n${name}: ${patterns.join(" ")}\n`);
  await mutate(`packages/${name}`, patterns);
}

/** The names of packages, and the patterns of the files in each. */
function byPackage(words) {
  const found = new Map();
  for (const word of words) {
    const path = word.replace(/^packages\//, "").replace(/\/$/, "");
    const name = path.split("/", 1)[0];
    const pattern = patternOf(path === name ? `packages/${name}/src` : `packages/${path}`);
    found.set(name, [...(found.get(name) ?? []), pattern]);
  }
  return found;
}

/** The pattern of a folder or a file, which must exist. */
function patternOf(path) {
  const file = path.replace(/:\d+-\d+$/, "");
  if (!existsSync(file)) {
    process.stderr.write(`There is no ${file}.\n`);
    process.exit(2);
  }
  return statSync(file).isDirectory() ? `${path}/**/!(*.generated).ts` : path;
}

async function mutate(folder, patterns) {
  process.env.MINISIM_MUTATED = folder;
  const stryker = new Stryker({
    mutate: patterns,
    plugins: [fileURLToPath(import.meta.resolve("@stryker-mutator/vitest-runner"))],
    testRunner: "vitest",
    vitest: { configFile: "tools/build/src/mutate.vitest.ts", related: false },
    coverageAnalysis: "perTest",
    // Only the package's own tests see the change: in the copy that is changed, other packages are those of the workspace.
    ignorePatterns: [".venv*", "demo", "dist", ".turbo"],
    tempDirName: ".stryker",
    // vitest reads no types: nothing has to be done about the compiler, of whose version 7 Stryker knows nothing.
    tsconfigFile: "none",
    disableTypeChecks: false,
    concurrency: 2,
    reporters: ["progress-append-only", "clear-text"],
    clearTextReporter: { allowColor: process.stdout.isTTY, reportTests: false },
    logLevel: "warn",
  });
  await stryker.runMutationTest();
}

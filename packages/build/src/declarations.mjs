#!/usr/bin/env node
// Writes the declarations of all packages into their dist/ with one type check of the whole workspace: thirty checks, each of
// which would read the others' declarations again, take ten times as long.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { manifestOf, sourcesOf } from "./manifest.mjs";

const root = resolve(import.meta.dirname, "../../..");
const folders = ["packages", "packages/steps", "apps"]
  .flatMap((parent) => readdirSync(join(root, parent)).map((child) => join(root, parent, child)))
  .filter((folder) => existsSync(join(folder, "package.json")));
const sources = folders.flatMap((folder) =>
  sourcesOf(manifestOf(folder)).map((file) => join(folder, file)),
);

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => fail([problem]) };
const config = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.base.json"), {}, host);
const program = ts.createProgram(sources, {
  ...config.options,
  noEmit: false,
  declaration: true,
  emitDeclarationOnly: true,
  allowImportingTsExtensions: false,
  rewriteRelativeImportExtensions: true,
  rootDir: root,
  outDir: join(root, "declarations"),
});
const problems = [...ts.getPreEmitDiagnostics(program)];
const result = program.emit(undefined, (file, text) => {
  const [, folder, rest] = relative(join(root, "declarations"), file).match(/^(.*?)\/src\/(.*)$/);
  const target = join(root, folder, "dist", rest);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
});
problems.push(...result.diagnostics);
if (problems.length > 0) fail(problems);

function fail(diagnostics) {
  process.stderr.write(
    ts.formatDiagnostics(diagnostics, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => "\n",
    }),
  );
  process.exit(1);
}

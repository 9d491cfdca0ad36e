#!/usr/bin/env node
// Builds the package in the current folder. The exports map says what to build: each "@minisim/source" entry
// becomes ESM in dist/ (tsup) and a declaration beside it (tsc). Run by every package's "build" script.
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "tsup";
import ts from "typescript";

const root = process.cwd();
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const sources = Object.values(manifest.exports)
  .map((target) => target["@minisim/source"])
  .filter(Boolean);

rmSync("dist", { recursive: true, force: true });
await build({
  config: false,
  silent: true,
  entry: sources,
  format: "esm",
  target: "es2022",
  platform: sources.some((file) => file.includes("node")) ? "node" : "neutral",
  outDir: "dist",
  sourcemap: true,
  splitting: true,
  outExtension: () => ({ js: ".js" }),
});
emitDeclarations();

// Without the private condition, so that a package sees its dependencies as their users do: by their declarations.
function emitDeclarations() {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const config = ts.getParsedCommandLineOfConfigFile("tsconfig.json", {}, host);
  const program = ts.createProgram(
    sources.map((file) => resolve(root, file)),
    {
      ...config.options,
      customConditions: [],
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      rootDir: resolve(root, "src"),
      outDir: resolve(root, "dist"),
    },
  );
  const result = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...result.diagnostics];
  if (problems.length > 0) fail(...problems);
}

function fail(...problems) {
  process.stderr.write(
    ts.formatDiagnostics(problems, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => "\n",
    }),
  );
  process.exit(1);
}

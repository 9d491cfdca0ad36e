#!/usr/bin/env node
// Builds the package in the current folder: each source that its exports map names becomes ESM in dist/.
// Run by every package's "build" script. Declarations come from declarations.mjs, for all packages at once.
import { build } from "tsup";
import { manifestOf, sourcesOf } from "./manifest.mjs";

const sources = sourcesOf(manifestOf("."));
await build({
  config: false,
  silent: true,
  clean: ["**/*.js", "**/*.js.map"],
  entry: sources,
  format: "esm",
  target: "es2022",
  platform: sources.some((file) => file.includes("node")) ? "node" : "neutral",
  outDir: "dist",
  sourcemap: true,
  splitting: true,
  // Private imports are chosen by platform where the package is used, not where it is built.
  external: [/^#/],
  outExtension: () => ({ js: ".js" }),
});

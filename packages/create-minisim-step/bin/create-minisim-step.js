#!/usr/bin/env node
// The command `create-minisim-step`: a committed file, so that package managers can link it before the first build.
import process from "node:process";

const { run } = await import("../dist/main.js");
process.exitCode = run(process.argv.slice(2), process.cwd(), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});

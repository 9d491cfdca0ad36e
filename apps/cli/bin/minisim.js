#!/usr/bin/env node
// The command `minisim`: a committed file, so that package managers can link it before the first build.
import { existsSync } from "node:fs";

const entry = new URL("../dist/main.js", import.meta.url);
if (existsSync(entry)) {
  const { run } = await import(entry.href);
  await run();
} else {
  process.stderr.write("minisim is not built yet: run `npm run build` in the repository first.\n");
  process.exitCode = 1;
}

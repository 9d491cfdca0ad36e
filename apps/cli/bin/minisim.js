#!/usr/bin/env node
// The command `minisim`: a committed file, so that package managers can link it before the first build.
import { existsSync } from "node:fs";

const entry = new URL("../dist/main.js", import.meta.url);
try {
  if (existsSync(entry)) {
    const { run } = await import(entry.href);
    await run();
  } else {
    process.stderr.write(
      "minisim is not built yet: run `npm run build` in the repository first.\n",
    );
    process.exitCode = 1;
  }
} catch (error) {
  // The code itself could not be loaded: too few files may be opened, or the installation is not whole.
  process.stderr.write(`error: minisim could not be started: ${error.message}\n`);
  process.exitCode = 1;
}

#!/usr/bin/env node
// npm run release:version: gives every changed package its next version and its changelog, from the changes that wait in .changeset;
// then the facts that hold a version.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { root } from "../../build/src/manifest.mjs";
import { writeFacts } from "./facts.mjs";

const changeset = join(import.meta.dirname, "../node_modules/@changesets/cli/bin.js");
const { status } = spawnSync(process.execPath, [changeset, "version"], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
writeFacts();

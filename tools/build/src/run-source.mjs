#!/usr/bin/env node
// FILE WORDS...: runs a TypeScript file of this workspace as if Node could.
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { importFromSources } from "./from-sources.mjs";

process.argv.splice(1, 1);
await importFromSources(pathToFileURL(resolve(process.argv[1])));

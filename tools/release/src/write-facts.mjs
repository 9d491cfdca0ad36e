#!/usr/bin/env node
// npm run facts: writes the files that say what this software is, and the list of licences.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "../../build/src/manifest.mjs";
import { writeFacts } from "./facts.mjs";
import { LIST, thirdParty } from "./third-party.mjs";

writeFileSync(join(root, LIST), thirdParty());
process.stdout.write([...writeFacts(), LIST, ""].join("\n"));

#!/usr/bin/env node
// turbo WORDS..., without telemetry and without a look for newer versions.
import process from "node:process";
import { runTurbo } from "./run.mjs";

runTurbo(process.argv.slice(2));

// What is in an adapter's folder, as one number: results of a script that has changed since are not reused.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PipelineError } from "./error.ts";

// A script and what it imports; neither data nor an environment.
const MOST_FILES = 1000;
const MOST_BYTES = 100e6;

/** What programs leave, and what people hide. */
const isLeftOut = (name: string): boolean => name.startsWith(".") || name === "__pycache__";

/** SHA-256 of names and contents, in order. @throws PipelineError "adapter" for a folder that holds more than an adapter. */
export function digestOf(folder: string, name: string): string {
  const files = filesIn(folder, "").sort();
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  if (files.length > MOST_FILES || bytes > MOST_BYTES) {
    throw new PipelineError("adapter", [
      `The folder ${name} holds more than an adapter does (${MOST_FILES} files, ${MOST_BYTES / 1e6} MB): put data and environments elsewhere.`,
    ]);
  }
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file.replaceAll("\\", "/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesIn(folder: string, within: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(folder, within), { withFileTypes: true })) {
    if (isLeftOut(entry.name)) continue;
    const name = join(within, entry.name);
    if (entry.isDirectory()) found.push(...filesIn(folder, name));
    else if (entry.isFile()) found.push(name);
    if (found.length > MOST_FILES) break;
  }
  return found;
}

// A pipeline of the user's own, in words that every system's shell reads.
import process from "node:process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("fixtures/copy.mjs", import.meta.url));

const node = `"${process.execPath}" "${script}"`;

/** A command whose results are a copy of a file. */
export const copyOf = (path: string) => `${node} {recording} "${path}" {estimate}`;

/** A command whose results are the recording's spec, which are none; it leaves a copy at `mark`, too. */
export const markAt = (mark: string) =>
  `${node} {recording} {recording}/spec.json {estimate} "${mark}"`;

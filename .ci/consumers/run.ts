// Programs of somebody else, in a copy inside of the project that depends on the tarballs.
import { execFile } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { simulate } from "minisim";
import { inject } from "vitest";
import { sha256 } from "./common/sha256.ts";
import { spec } from "./common/spec.ts";

/** Copies the programs in the folders of these names into the project; the project's folder. */
export function copied(...names: readonly string[]): string {
  const project = inject("project");
  for (const name of names) {
    const from = fileURLToPath(new URL(name, import.meta.url));
    cpSync(from, join(project, name), { recursive: true });
  }
  return project;
}

/** The environment of a client of S3 whose server does not answer. */
export const NOBODY = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_MAX_ATTEMPTS: "1",
} as const;

/** Runs a file in Node; what it printed. @throws Error with what it printed and complained about. */
export const node = (file: string, words: readonly string[], cwd: string): Promise<string> =>
  execute(process.execPath, [file, ...words], cwd);

/** Runs a program; what it printed. @throws Error with what it printed and complained about. */
export async function execute(
  program: string,
  words: readonly string[],
  cwd: string,
): Promise<string> {
  try {
    return (await promisify(execFile)(program, words, { cwd, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { message, stdout } = error as Error & { readonly stdout: string };
    throw new Error(`${message}\n${stdout}`);
  }
}

/** What the consumers' movie is, simulated from the sources. */
export async function expectedMovie() {
  const { observed, ground_truth } = await simulate(spec);
  return {
    shape: observed.shape,
    cells: ground_truth.n_units,
    movie: await sha256(observed.data),
  };
}

/** The bytes of every file in a folder, by path. */
export function filesIn(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]));
}

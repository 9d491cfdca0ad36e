// Before the consumers: packs every package, and installs the tarballs twice, as a program's dependencies and as the command line alone.
// Everything is written to one temporary folder; of npm, the registry is used and nothing that the user set up.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The tarballs of all packages. */
    tarballs: readonly string[];
    /** The folder of a project that depends on all packages. */
    project: string;
    /** The folder where the command line is installed and nothing else. */
    prefix: string;
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));

export default function setup({ provide }: TestProject): () => void {
  const home = mkdtempSync(join(tmpdir(), "minisim-consumers-"));
  const packed = join(home, "tarballs");
  mkdirSync(packed);
  run(process.execPath, ["tools/build/src/pack.mjs", packed], root);
  const tarballs = readdirSync(packed).map((name) => join(packed, name));

  // The tools of those who write a program: an older compiler than the one here, a bundler, a test runner, and the types of Node.
  const others = ["typescript@6.0.3", "esbuild@0.28.2", "vitest@4.1.12", "@types/node@20.19.43"];
  provide("tarballs", tarballs);
  provide("project", install(home, "project", [...tarballs, ...others]));
  provide("prefix", install(home, "prefix", ofCommandLine(tarballs)));
  return () => rmSync(home, { recursive: true, force: true });
}

/** Installs into a new folder; the folder. */
function install(home: string, name: string, what: readonly string[]): string {
  const folder = join(home, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const cache = join(home, "npm-cache");
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["install", "--prefix", folder, "--cache", cache, ...quiet, ...what], folder);
  return folder;
}

/** The tarballs of the command line and of what it depends on. */
function ofCommandLine(tarballs: readonly string[]): string[] {
  const found = new Map<string, string>();
  const visit = (name: string) => {
    const start = `${name.replace("@", "").replace("/", "-")}-`;
    const tarball = tarballs.find((path) => /[^/\\]+$/.exec(path)![0].match(`^${start}\\d`));
    if (!tarball || found.has(name)) return;
    found.set(name, tarball);
    const manifest = execFileSync("tar", ["-xzOf", tarball, "package/package.json"]);
    for (const dependency of Object.keys(JSON.parse(String(manifest)).dependencies ?? {})) {
      visit(dependency);
    }
  };
  visit("@minisim/cli");
  return [...found.values()];
}

function run(command: string, words: readonly string[], cwd: string): void {
  execFileSync(command, words, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

// The environment of a pipeline: packages that its requirements name, installed once, kept in the cache; or one that the user has made.
import { readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CachedFolder, RecordingCache } from "@minisim/sweep/node";
import type { Adapter } from "./adapter.ts";
import { LOG_FILE } from "./adapter-schema.ts";
import { runChild } from "./child.ts";
import { PipelineError } from "./error.ts";
import { keyOf } from "./key.ts";
import { findPython, type Installed, installedAt, isOnPath } from "./python.ts";

type Env = Readonly<Record<string, string | undefined>>;

export interface EnvironmentOptions {
  readonly cache: RecordingCache;
  /** The Python of an environment that the user has made. */
  readonly python?: string | undefined;
  readonly env: Env;
}

export interface InstallWatch {
  readonly signal?: AbortSignal | undefined;
  /** Called when packages have to be installed. */
  readonly onInstall?: (() => void) | undefined;
}

/** What decides which results are the same, known before anything is installed; and how to get at the Python. */
export interface Environment {
  readonly identity: string;
  /** @throws PipelineError "environment" where its packages cannot be installed. */
  open(watch: InstallWatch): Promise<OpenEnvironment>;
}

export interface OpenEnvironment {
  readonly python: string;
  readonly installed: Installed;
  release(): Promise<void>;
}

type PythonRun = Extract<Adapter["run"], { readonly python: string }>;

/** @throws PipelineError "environment" where the pipeline has no requirements and the user no environment. */
export async function environmentOf(
  adapter: Adapter,
  run: PythonRun,
  options: EnvironmentOptions,
): Promise<Environment> {
  const { python, env } = options;
  if (python !== undefined) {
    const installed = await installedAt(python, run.python, env);
    const identity = keyOf(["own environment", process.platform, process.arch, installed]);
    return { identity, open: async () => ({ python, installed, release: async () => {} }) };
  }
  if (run.requirements === undefined) {
    const how = run.environment ?? "Make one that the script runs in.";
    throw new PipelineError("environment", [
      `minisim cannot make the environment of ${adapter.name}. ${how} Then name its Python with --python.`,
    ]);
  }
  const requirements = resolve(adapter.folder, run.requirements);
  const text = await readFile(requirements, "utf8");
  const { platform, arch } = process;
  const identity = keyOf(["environment", text, run.python, run.complete, platform, arch]);
  return { identity, open: (watch) => open(adapter, run, identity, requirements, options, watch) };
}

const LISTING = "installed.json";

async function open(
  adapter: Adapter,
  run: PythonRun,
  key: string,
  requirements: string,
  { cache, env }: EnvironmentOptions,
  { signal, onInstall }: InstallWatch,
): Promise<OpenEnvironment> {
  const make = async (folder: string, log: string) => {
    onInstall?.();
    const venv = join(folder, "venv");
    const steps = await stepsTo(venv, requirements, run, env);
    for (const step of steps) {
      const ended = await runChild(step, { cwd: folder, env: quiet(env), log, signal });
      if (ended) throw notMade(adapter, ended.how, ended.said, log);
    }
    const installed = await installedAt(pythonIn(venv), run.python, env);
    await writeFile(join(folder, LISTING), `${JSON.stringify(installed, null, 2)}\n`);
    await rename(log, join(folder, LOG_FILE));
  };
  const { path, release }: CachedFolder = await cache.getFolder("environment", key, make, {
    signal,
  });
  const installed = JSON.parse(await readFile(join(path, LISTING), "utf8")) as Installed;
  return { python: pythonIn(join(path, "venv")), installed, release };
}

/** Commands that make the environment: by uv where it is, which is several times faster, else by Python's own means. */
async function stepsTo(
  venv: string,
  requirements: string,
  { python: range, complete }: PythonRun,
  env: Env,
): Promise<[string, ...string[]][]> {
  const what = [...(complete ? ["--no-deps"] : []), "-r", requirements];
  const own = pythonIn(venv);
  if (isOnPath("uv", env)) {
    return [
      ["uv", "venv", "--python", range, venv],
      ["uv", "pip", "install", "--python", own, ...what],
    ];
  }
  // Python compiles what it loads, the first time; pip would compile everything, which takes as long as all the rest.
  const pip = ["-m", "pip", "install", "--no-compile", "--disable-pip-version-check", "--no-input"];
  return [
    [await findPython(range, env), "-m", "venv", venv],
    [own, ...pip, ...what],
  ];
}

/** An environment of the cache is moved once it is made. Python finds its packages from where it lies; only scripts of packages do not. */
const pythonIn = (venv: string): string =>
  process.platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");

/** Without what would lead a Python to packages of another environment. */
export function quiet(env: Env): Record<string, string | undefined> {
  const { PYTHONPATH: _, PYTHONHOME: __, VIRTUAL_ENV: ___, ...rest } = env;
  return { ...rest, PYTHONNOUSERSITE: "1", PYTHONUNBUFFERED: "1", PYTHONUTF8: "1" };
}

function notMade({ name }: Adapter, how: string, said: string, log: string): PipelineError {
  const why = said === "" ? "" : `: ${said}`;
  return new PipelineError("environment", [
    `The environment of ${name} could not be made; the installation ${how}${why}${/[.!?]$/.test(why) ? "" : "."} Its log is ${log}.`,
  ]);
}

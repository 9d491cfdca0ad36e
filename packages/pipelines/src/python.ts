// Which Pythons there are, and what a Python has installed.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { PipelineError } from "./error.ts";
import { isInRange } from "./python-range.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** What runs a pipeline, as it is said in run.json. */
export interface Installed {
  /** Of Python: "3.11.7". */
  readonly python: string;
  /** Versions by the names of packages, in order. */
  readonly packages: Readonly<Record<string, string>>;
}

const MINOR_VERSIONS = [14, 13, 12, 11, 10, 9];
const NAMES = ["python3", "python", ...MINOR_VERSIONS.map((minor) => `python3.${minor}`)];

const VERSION = "import platform; print(platform.python_version())";
const LISTING = `
import json, platform
from importlib.metadata import distributions
packages = {d.metadata["Name"]: d.version for d in distributions() if d.metadata["Name"]}
print(json.dumps({"python": platform.python_version(), "packages": dict(sorted(packages.items()))}))
`;

/** A Python of the path that lies in the range. @throws PipelineError "environment" that says which were found. */
export async function findPython(range: string, env: Env): Promise<string> {
  const found: string[] = [];
  for (const name of NAMES) {
    const version = await say(name, VERSION, env);
    if (version === undefined) continue;
    if (isInRange(version, range)) return name;
    found.push(version);
  }
  const others = found.length === 0 ? "none" : [...new Set(found)].join(", ");
  throw new PipelineError("environment", [
    `There is no Python ${range} on the path (there is ${others}). Install one, or uv, which brings its own; or name an environment of yours with --python.`,
  ]);
}

/** What the Python at a path has. @throws PipelineError "environment" where it is none, or of another version than the range. */
export async function installedAt(python: string, range: string, env: Env): Promise<Installed> {
  const text = await say(python, LISTING, env);
  if (text === undefined) {
    throw new PipelineError("environment", [`${python} is no Python that runs.`]);
  }
  const installed = JSON.parse(text) as Installed;
  if (isInRange(installed.python, range)) return installed;
  throw new PipelineError("environment", [
    `${python} is Python ${installed.python}; the pipeline needs ${range}.`,
  ]);
}

/** Whether a program is on the path. */
export function isOnPath(program: string, env: Env): boolean {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter(Boolean);
  return folders.some((folder) => endings.some((end) => existsSync(join(folder, program + end))));
}

async function say(python: string, code: string, env: Env): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", code], {
      env: { ...env },
      maxBuffer: 16 * 1024 ** 2,
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

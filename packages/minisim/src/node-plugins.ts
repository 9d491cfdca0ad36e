// minisim/plugins: step definitions from outside, beside the built-in ones. For Node.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { StepDefinition } from "@minisim/pipeline";
import { createSimulator, type Simulator } from "@minisim/simulator";
import type { StepPackage } from "@minisim/spec";
import { InputError } from "@minisim/spec/input";
import { builtinSteps } from "./steps.ts";

/**
 * A simulator with the built-in steps and those of the plugins: files, folders of packages, or names of packages that are installed where `folder` is.
 * @throws InputError for a plugin that cannot be used
 */
export async function simulatorWith(
  plugins: readonly string[],
  folder: string,
): Promise<Simulator> {
  const steps: StepDefinition[] = [...(builtinSteps as readonly StepDefinition[])];
  for (const plugin of plugins) steps.push(...(await stepsOf(plugin, folder)));
  try {
    return createSimulator({ steps });
  } catch (error) {
    throw new InputError([`the plugins do not fit together: ${(error as Error).message}`]);
  }
}

async function stepsOf(plugin: string, cwd: string): Promise<StepDefinition[]> {
  let exported: Record<string, unknown>;
  let entry: Entry;
  try {
    entry = entryOf(plugin, cwd);
    exported = await import(pathToFileURL(entry.file).href);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new InputError([`the plugin "${plugin}" cannot be loaded: ${reason}`]);
  }
  const found = new Set(Object.values(exported).flat().filter(isStep));
  if (found.size > 0) return [...found].map((step) => saidToBeOf(entry.folder, step));
  throw new InputError([
    `the plugin "${plugin}" exports no step: nothing in it has kind, domain, params and compile.`,
  ]);
}

interface Entry {
  /** What to import. */
  readonly file: string;
  /** In the package, or its root; absent for a file by itself. */
  readonly folder?: string;
}

/** Of a file, of a folder with a package.json, or of an installed package. */
function entryOf(plugin: string, cwd: string): Entry {
  const path = resolve(cwd, plugin);
  const isPath = plugin.startsWith(".") || isAbsolute(plugin) || existsSync(path);
  if (!isPath) {
    const file = createRequire(join(cwd, "package.json")).resolve(plugin);
    return { file, folder: dirname(file) };
  }
  if (!existsSync(path)) throw new Error(`there is no file or folder ${plugin}.`);
  if (!statSync(path).isDirectory()) return { file: path };
  const manifest = join(path, "package.json");
  const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string };
  // By its own name, so that the package's exports map decides.
  return { file: createRequire(manifest).resolve(name), folder: path };
}

/** The step, with the package that the nearest manifest names where it does not name one itself. */
function saidToBeOf(folder: string | undefined, step: StepDefinition): StepDefinition {
  if (folder === undefined || step.package) return step;
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) {
    const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as Partial<StepPackage>;
    // A folder of modules may have one that says nothing but their type.
    if (name && version) return { ...step, package: { name, version } };
  }
  const parent = dirname(folder);
  return parent === folder ? step : saidToBeOf(parent, step);
}

function isStep(value: unknown): value is StepDefinition {
  if (typeof value !== "object" || value === null) return false;
  const { kind, domain, params, compile } = value as Partial<StepDefinition>;
  return (
    typeof kind === "string" &&
    typeof domain === "string" &&
    typeof params === "object" &&
    typeof compile === "function"
  );
}

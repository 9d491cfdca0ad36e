// --plugin PATH_OR_PACKAGE: step definitions from outside, beside the built-in ones.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { StepDefinition } from "@minisim/pipeline";
import { builtinSteps, createSimulator, type Simulator } from "minisim";
import { Failure } from "./failure.ts";

/** The built-in steps and those of the plugins. @throws Failure for a plugin that cannot be used. */
export async function simulatorWith(plugins: readonly string[], cwd: string): Promise<Simulator> {
  const steps: StepDefinition[] = [...(builtinSteps as readonly StepDefinition[])];
  for (const plugin of plugins) steps.push(...(await stepsOf(plugin, cwd)));
  try {
    return createSimulator({ steps });
  } catch (error) {
    throw new Failure(`the plugins do not fit together: ${(error as Error).message}`, 1, {
      cause: error,
    });
  }
}

async function stepsOf(plugin: string, cwd: string): Promise<StepDefinition[]> {
  let exported: Record<string, unknown>;
  try {
    exported = await import(pathToFileURL(entryOf(plugin, cwd)).href);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new Failure(`the plugin "${plugin}" cannot be loaded: ${reason}`, 1, { cause: error });
  }
  const found = new Set(Object.values(exported).flat().filter(isStep));
  if (found.size > 0) return [...found];
  throw new Failure(
    `the plugin "${plugin}" exports no step: nothing in it has kind, domain, params and compile.`,
  );
}

/** The file to import: a file, the entry of a folder with a package.json, or that of an installed package. */
function entryOf(plugin: string, cwd: string): string {
  const path = resolve(cwd, plugin);
  const isPath = plugin.startsWith(".") || isAbsolute(plugin) || existsSync(path);
  if (!isPath) return createRequire(join(cwd, "package.json")).resolve(plugin);
  if (!existsSync(path)) throw new Error(`there is no file or folder ${plugin}.`);
  if (!statSync(path).isDirectory()) return path;
  const manifest = join(path, "package.json");
  const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string };
  // By its own name, so that the package's exports map decides.
  return createRequire(manifest).resolve(name);
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

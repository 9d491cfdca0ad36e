#!/usr/bin/env node
// DOMAIN KIND: makes the package of a new built-in step, wires it, and shows that it conforms. The step does something simple;
// what it is to do is then written in its place.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { importFromSources } from "./from-sources.mjs";
import { root } from "./manifest.mjs";

const TEMPLATE = fileURLToPath(new URL("../step-template", import.meta.url));
// The step itself is that of `npm create minisim-step`.
const own = join(root, "packages/create-minisim-step/src");
const { problemsWith, wordsOf } = await fromSources("names.ts");
const { filled, stepTemplate, writeTemplate } = await fromSources("templates.ts");

const [domain = "", kind = ""] = process.argv.slice(2);
const words = {
  ...wordsOf(domain, kind),
  import: `@minisim/step-${kind.replaceAll("_", "-")}`,
  simulator: "@minisim/simulator",
  golden: '  golden: new URL("./golden.json", import.meta.url),',
};
const { name, camel } = words;
const folder = join(root, "packages/steps", name);
const steps = join(root, "packages/minisim/src/steps.ts");
const manifest = join(root, "packages/minisim/package.json");

const problems = problemsOf();
if (problems.length > 0) {
  process.stderr.write(`Usage: pnpm new-step DOMAIN KIND\n${problems.join("\n")}\n`);
  process.exit(2);
}
writeTemplate(join(TEMPLATE, "package"), folder, words);
writeTemplate(stepTemplate(), folder, words);
wire();
run("pnpm", ["install", "--no-frozen-lockfile", "--prefer-offline", "--silent"]);
run("biome", ["check", "--write", "--log-level=error", folder, steps, manifest]);
run("vitest", ["run", "--project", "unit", folder], { MINISIM_UPDATE_GOLDEN: "1" });
// What packages export is added knowingly: here.
run("vitest", ["run", "-u", "--project", "unit", "packages/minisim/test/public-api.test.ts"]);
writeSchema();
process.stdout.write(filled(readFileSync(join(TEMPLATE, "next.txt"), "utf8"), words));

function problemsOf() {
  return [
    ...problemsWith(domain, kind),
    ...(kind !== "" && existsSync(folder)
      ? [`There is a step ${kind} already: packages/steps/${name}.`]
      : []),
  ];
}

function fromSources(file) {
  return importFromSources(pathToFileURL(join(own, file)));
}

/** The list of built-in steps, and the dependency that it brings. */
function wire() {
  const list = readFileSync(steps, "utf8");
  const imported = `import { ${camel} } from "@minisim/step-${name}";\n`;
  const at = list.indexOf("\nexport const builtinSteps");
  const end = list.indexOf("] as const;");
  writeFileSync(
    steps,
    `${list.slice(0, at)}${imported}${list.slice(at, end)}  ${camel},\n${list.slice(end)}`,
  );
  const described = JSON.parse(readFileSync(manifest, "utf8"));
  described.dependencies[`@minisim/step-${name}`] = "workspace:^";
  described.dependencies = Object.fromEntries(
    Object.entries(described.dependencies).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(manifest, `${JSON.stringify(described, null, 2)}\n`);
}

/** By the command line as it is built now, which knows the step. */
function writeSchema() {
  const built = spawnSync(process.execPath, [join(root, "tools/build/src/all-modules.mjs")], {
    cwd: root,
    stdio: "inherit",
  });
  if (built.status !== 0) process.exit(1);
  const file = join(root, "examples/spec.schema.json");
  const { stdout } = run("minisim", ["schema"], {}, "pipe");
  writeFileSync(file, stdout);
  run("biome", ["format", "--write", "--log-level=error", file]);
}

/** A program of this workspace. Ends this one where it fails. */
function run(program, words, env = {}, output = "inherit") {
  const path = join(
    root,
    "node_modules/.bin",
    process.platform === "win32" ? `${program}.cmd` : program,
  );
  const ended = spawnSync(path, words, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", output, "inherit"],
    shell: process.platform === "win32",
    maxBuffer: 2 ** 26,
  });
  if (ended.status !== 0) process.exit(ended.status ?? 1);
  return ended;
}

#!/usr/bin/env node
// DOMAIN KIND: makes the package of a new built-in step, wires it, and shows that it conforms. The step does something simple;
// what it is to do is then written in its place.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { root } from "./manifest.mjs";

const TEMPLATE = fileURLToPath(new URL("../step-template", import.meta.url));
const SUFFIX = ".txt";
/** Where light is multiplied in each domain: on the canvas before motion, on the field of view after it. */
const GRIDS = {
  tissue: { grid: "canvas", height: "canvas_height", width: "canvas_width" },
  sensor: { grid: "fov", height: "height", width: "width" },
};

const [domain = "", kind = ""] = process.argv.slice(2);
const name = kind.replaceAll("_", "-");
const camel = kind.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
const folder = join(root, "packages/steps", name);
const steps = join(root, "packages/minisim/src/steps.ts");
const manifest = join(root, "packages/minisim/package.json");

const problems = problemsOf();
if (problems.length > 0) {
  process.stderr.write(`Usage: pnpm new-step DOMAIN KIND\n${problems.join("\n")}\n`);
  process.exit(2);
}
writePackage();
wire();
run("pnpm", ["install", "--no-frozen-lockfile", "--prefer-offline", "--silent"]);
run("biome", ["check", "--write", "--log-level=error", folder, steps, manifest]);
run("vitest", ["run", "--project", "unit", folder], { MINISIM_UPDATE_GOLDEN: "1" });
// What packages export is added knowingly: here.
run("vitest", ["run", "-u", "--project", "unit", "packages/minisim/test/public-api.test.ts"]);
writeSchema();
process.stdout.write(
  `${readFileSync(join(TEMPLATE, "next.txt"), "utf8").replaceAll("{{kind}}", kind).replaceAll("{{name}}", name)}`,
);

function problemsOf() {
  const known = Object.keys(GRIDS).join(", ");
  return [
    ...(domain in GRIDS
      ? []
      : [
          `DOMAIN is one of ${known} (got "${domain}"). A step of cells or of motion begins as a copy of one that is there.`,
        ]),
    ...(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(kind)
      ? []
      : [`KIND is words in lower case with _ between them, as in lens_flare (got "${kind}").`]),
    ...(kind !== "" && existsSync(folder)
      ? [`There is a step ${kind} already: packages/steps/${name}.`]
      : []),
  ];
}

function writePackage() {
  const words = { kind, name, camel, domain, ...GRIDS[domain] };
  for (const file of readdirSync(TEMPLATE, { recursive: true }).map(String)) {
    const from = join(TEMPLATE, file);
    if (file === "next.txt" || !statSync(from).isFile()) continue;
    const to = join(folder, file.slice(0, -SUFFIX.length));
    const text = Object.entries(words).reduce(
      (so, [word, value]) => so.replaceAll(`{{${word}}}`, value),
      readFileSync(from, "utf8"),
    );
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  }
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

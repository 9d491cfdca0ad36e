#!/usr/bin/env node
// npm run rehearse: a whole release, in a copy of this checkout and to a registry that lives as long as the rehearsal. A package gets a
// new version and a changelog; all are built, packed and published; then they are installed by name into an empty folder and used, and a step of one's own is created.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { copyCheckout } from "../../build/src/checkout.mjs";
import { manifestOf } from "../../build/src/manifest.mjs";
import { startRegistry } from "./registry.mjs";

const CHANGED = "packages/steps/vignette";
const SENTENCE = "The rehearsal of a release.";
const SPEC = `acquisition:
  duration_s: 0.5
  image_sensor: { n_px_height: 48, n_px_width: 48 }
steps:
  - kind: place_neurons
  - kind: cell_activity
  - kind: optics
  - kind: composite
  - kind: vignette
  - kind: sensor
`;
const PROGRAM = `import { createSimulator, simulate } from "minisim";
import { openRecording } from "minisim/node";
import { vignette } from "@minisim/step-vignette";
const stored = await openRecording("tiny.zarr");
const { observed } = await stored.load();
const again = await simulate(stored.spec);
const alone = createSimulator({ steps: [vignette] }).steps.map(({ kind }) => kind);
console.log(JSON.stringify({
  same: Buffer.compare(Buffer.from(observed.data.buffer), Buffer.from(again.observed.data.buffer)) === 0,
  shape: observed.shape,
  brought: stored.step_packages.vignette,
  warnings: stored.warnings.map(({ code }) => code),
  alone,
}));
`;

const away = mkdtempSync(join(tmpdir(), "minisim-rehearsal-"));
const leave = () => rmSync(away, { recursive: true, force: true });
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    leave();
    process.exit(1);
  });
}
let registry;
try {
  const copy = join(away, "checkout");
  const before = await step("copy", () => copied(copy));
  const versions = await step("version", () => versioned(copy, before));
  registry = await startRegistry(join(away, "registry"));
  await step("build, pack, publish", () =>
    run("node", ["tools/release/src/publish.mjs"], copy, registry.env),
  );
  const folder = join(away, "empty");
  await step("install", () => installed(folder, versions));
  await step("use", () => used(folder, versions));
  await step("create a step", () => created(away, versions));
} catch (error) {
  process.stderr.write(`The rehearsal stopped: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  await registry?.close();
  leave();
}

/** The checkout with what it needs, as a repository; the version of the package that is to change. */
async function copied(copy) {
  copyCheckout(copy);
  const pnpm = "tools/build/node_modules/pnpm/bin/pnpm.cjs";
  const here = join(import.meta.dirname, "../../..", pnpm);
  await run("node", [here, "install", "--frozen-lockfile", "--prefer-offline"], copy);
  const changes = `---\n"@minisim/step-vignette": minor\n---\n\n${SENTENCE}\n`;
  writeFileSync(join(copy, ".changeset/rehearsal.md"), changes);
  // Changelogs name the commit of a change.
  const own = {
    ...process.env,
    GIT_CONFIG_GLOBAL: join(away, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
  };
  const as = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost"];
  await run("git", ["init", "--quiet", "--initial-branch=main"], copy, own);
  await run("git", ["add", "--all"], copy, own);
  await run("git", [...as, "commit", "--quiet", "--message=Rehearsal"], copy, own);
  return manifestOf(join(copy, CHANGED)).version;
}

/** The versions after the change: of the package, and of those that depend on it. */
async function versioned(copy, before) {
  await run("node", ["tools/release/src/version.mjs"], copy);
  const versions = {
    "@minisim/step-vignette": manifestOf(join(copy, CHANGED)).version,
    minisim: manifestOf(join(copy, "packages/minisim")).version,
    "@minisim/cli": manifestOf(join(copy, "apps/cli")).version,
  };
  assert.notEqual(versions["@minisim/step-vignette"], before);
  assert.ok(readFileSync(join(copy, CHANGED, "CHANGELOG.md"), "utf8").includes(SENTENCE));
  assert.ok(
    existsSync(join(copy, "packages/minisim/CHANGELOG.md")),
    "what depends on it has a changelog",
  );
  assert.ok(!existsSync(join(copy, ".changeset/rehearsal.md")), "a change is released once");
  const cited = readFileSync(join(copy, "CITATION.cff"), "utf8");
  assert.ok(cited.includes(`\nversion: ${versions.minisim}\n`), "CITATION.cff follows");
  return versions;
}

/** By name, from the registry alone. */
async function installed(folder, versions) {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await run("npm", ["install", "--loglevel=error", ...Object.keys(versions)], folder, registry.env);
  for (const [name, version] of Object.entries(versions)) {
    assert.equal(manifestOf(join(folder, "node_modules", name)).version, version, name);
  }
}

async function used(folder, versions) {
  writeFileSync(join(folder, "tiny.yaml"), SPEC);
  writeFileSync(join(folder, "program.js"), PROGRAM);
  await run("npx", ["minisim", "simulate", "tiny.yaml", "-o", "tiny.zarr"], folder, registry.env);
  assert.deepEqual(JSON.parse(await run("node", ["program.js"], folder)), {
    same: true,
    shape: [10, 48, 48],
    brought: { name: "@minisim/step-vignette", version: versions["@minisim/step-vignette"] },
    warnings: [],
    alone: ["vignette"],
  });
}

/** A package of one's own, by the one command; its tests pass with what is published. */
async function created(folder, versions) {
  await run("npm", ["create", "--yes", "minisim-step", "lens-flare"], folder, registry.env);
  const made = join(folder, "lens-flare");
  await run("npm", ["install", "--loglevel=error"], made, registry.env);
  assert.equal(manifestOf(join(made, "node_modules/minisim")).version, versions.minisim);
  await run("npm", ["test"], made, registry.env);
}

async function step(name, work) {
  const started = performance.now();
  const result = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`${name}: ${seconds} s\n`);
  return result;
}

/** What a program printed. @throws Error with what it printed and complained about. */
async function run(program, words, cwd, env = process.env) {
  const shell = process.platform === "win32" && program !== "node" && program !== "git";
  const file = program === "node" ? process.execPath : program;
  try {
    return (await promisify(execFile)(file, words, { cwd, env, shell, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`);
  }
}

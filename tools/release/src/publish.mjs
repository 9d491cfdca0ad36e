#!/usr/bin/env node
// npm run release:publish: builds and packs every package, and publishes those whose version the registry of npm does not have.
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { manifestOf, packageFolders, root } from "../../build/src/manifest.mjs";

// npm starts anew for each package and waits for the registry most of its time.
const AT_A_TIME = 4;
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

const folder = mkdtempSync(join(tmpdir(), "minisim-publish-"));
try {
  const pack = join(root, "tools/build/src/pack.mjs");
  const { status } = spawnSync(process.execPath, [pack, folder], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("The packages could not be packed.");
  const packed = readdirSync(folder);
  const waiting = packageFolders()
    .map(manifestOf)
    .filter((manifest) => !manifest.private);
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) await publish(one, packed);
    }),
  );
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function publish({ name, version }, packed) {
  if (await isThere(`${name}@${version}`)) return;
  const file = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
  if (!packed.includes(file)) throw new Error(`${file} was not packed.`);
  await run(["publish", join(folder, file), "--access", "public"]);
  process.stdout.write(`${name} ${version}\n`);
}

/** @throws Error where the registry does not say. */
async function isThere(which) {
  try {
    return (await run(["view", which, "version"])).trim() !== "";
  } catch (error) {
    if (/\bE404\b/.test(error.stderr)) return false;
    throw error;
  }
}

async function run(words) {
  const options = { cwd: folder, shell: process.platform === "win32" };
  return (await promisify(execFile)(npm, [...words, "--loglevel=error"], options)).stdout;
}

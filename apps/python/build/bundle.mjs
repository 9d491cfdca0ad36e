// Bundles the engine into the Python package: it runs with Node alone. Built from the sources, so no other build comes first.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { licencesOf } from "../../../tools/build/src/licences.mjs";

const root = resolve(import.meta.dirname, "../../..");
const packages = join(root, "packages");

/** Empties the folder and writes the engine there: `engine.js`, the two files that its threads run, and what they share. */
export async function bundleEngine(folder) {
  rmSync(folder, { recursive: true, force: true });
  const { version } = JSON.parse(readFileSync(join(packages, "minisim/package.json"), "utf8"));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      engine: join(import.meta.dirname, "engine.mjs"),
      // By these names, beside the bundle: see the README of minisim.
      "node-worker": join(packages, "render/src/node-worker.ts"),
      "node-deliver": join(packages, "minisim/src/node-deliver.ts"),
    },
    alias: { "@minisim/bridge/node": join(packages, "bridge/src/node.ts") },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    conditions: ["@minisim/source"],
    define: { ENGINE_VERSION: JSON.stringify(version) },
    // Libraries in CommonJS call for modules of Node by a function that ES modules do not have.
    banner: {
      js: 'import { createRequire as requireBeside } from "node:module"; const require = requireBeside(import.meta.url);',
    },
    metafile: true,
    logLevel: "warning",
  });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, "LICENCES.txt"), licencesOf(root, Object.keys(metafile.inputs)));
}

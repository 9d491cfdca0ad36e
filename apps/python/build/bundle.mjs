// Bundles the engine into the Python package: it runs with Node alone.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundleForNode } from "../../../tools/build/src/engine-bundle.mjs";
import { licencesOf } from "../../../tools/build/src/licences.mjs";

const root = resolve(import.meta.dirname, "../../..");
const packages = join(root, "packages");

/** Empties the folder and writes the engine there: `engine.js`, the two files that its threads run, and what they share. */
export async function bundleEngine(folder) {
  rmSync(folder, { recursive: true, force: true });
  const { version } = JSON.parse(readFileSync(join(packages, "minisim/package.json"), "utf8"));
  const inputs = await bundleForNode({
    entryPoints: {
      engine: join(import.meta.dirname, "engine.mjs"),
      // By these names, beside the bundle: see the README of minisim.
      "node-worker": join(packages, "render/src/node-worker.ts"),
      "node-deliver": join(packages, "minisim/src/node-deliver.ts"),
    },
    alias: { "@minisim/bridge/node": join(packages, "bridge/src/node.ts") },
    outdir: folder,
    splitting: true,
    // Python hands over paths alone.
    external: ["@minisim/store-s3"],
    define: { ENGINE_VERSION: JSON.stringify(version) },
  });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, "LICENCES.txt"), licencesOf(root, inputs));
}

// What every bundle of the engine for Node is built with: from the sources, so no other build comes first.
import { build } from "esbuild";
import { root } from "./manifest.mjs";

/** Builds; what went into it, for its licences. */
export async function bundleForNode(options) {
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    conditions: ["@minisim/source"],
    metafile: true,
    logLevel: "warning",
    ...options,
    // Libraries in CommonJS call for modules of Node by a function that ES modules do not have.
    banner: {
      js: `${options.banner ?? ""}import { createRequire as requireBeside } from "node:module"; const require = requireBeside(import.meta.url);`,
    },
  });
  return Object.keys(metafile.inputs);
}

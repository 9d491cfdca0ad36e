// The modules of a package: each source that its manifest names becomes an ES module in dist/.
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { manifestOf, sourcesOf } from "./manifest.mjs";

/** Empties dist/ of the package in `folder` and builds its modules there. */
export async function writeModules(folder) {
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  await build({
    absWorkingDir: resolve(folder),
    entryPoints: sourcesOf(manifestOf(folder)),
    outbase: "src",
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    packages: "external",
    // Private imports are chosen by platform where the package is used, not where it is built.
    external: ["#*"],
    sourcemap: true,
    logLevel: "warning",
  });
}

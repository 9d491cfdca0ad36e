// Bundles threads.ts with esbuild, and beside it the two files that its threads run.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const beside = (entry, file) => fileURLToPath(new URL(file, import.meta.resolve(entry)));
await build({
  entryPoints: {
    threads: "bundle/threads.ts",
    "node-worker": beside("@minisim/render", "node-worker.js"),
    "node-deliver": beside("minisim/node", "node-deliver.js"),
  },
  bundle: true,
  platform: "node",
  format: "esm",
  outdir: "bundled",
});

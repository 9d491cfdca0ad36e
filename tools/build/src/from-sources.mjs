// TypeScript of this workspace in plain Node, for threads and for child processes of tests. esbuild makes one module of a file and of
// all that it imports, which is kept until one of these changes: it starts in 0.2 s, where a loader that transforms each of two hundred
// files by itself takes 1.4 s.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Imports the module at a file URL. */
export async function importFromSources(url) {
  const source = fileURLToPath(url);
  const bundle = bundleOf(source);
  if (!isFresh(bundle)) await write(source, bundle);
  return import(pathToFileURL(bundle).href);
}

/** In the node_modules of the file's package, so that what it resolves at run time is what the package depends on. */
function bundleOf(source) {
  let folder = dirname(source);
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  const name = relative(folder, source).replaceAll(/[\\/]/g, "-");
  return join(folder, "node_modules/.from-sources", `${name}.mjs`);
}

/** Whether all that went into the bundle is as it was. */
function isFresh(bundle) {
  try {
    const inputs = JSON.parse(readFileSync(`${bundle}.json`, "utf8"));
    return existsSync(bundle) && inputs.every(([file, state]) => stateOf(file) === state);
  } catch {
    return false;
  }
}

function stateOf(file) {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs} ${size}`;
}

async function write(source, bundle) {
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: [source],
    absWorkingDir: dirname(source),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@minisim/source"],
    // What CommonJS packages inside of the bundle ask of Node.
    banner: {
      js: 'import { createRequire as _createRequire } from "node:module"; const require = _createRequire(import.meta.url);',
    },
    plugins: [ownAddress],
    sourcemap: "inline",
    metafile: true,
    write: false,
  });
  const files = Object.keys(result.metafile.inputs).map((file) => join(dirname(source), file));
  const inputs = [...files, import.meta.filename].map((file) => [file, stateOf(file)]);
  mkdirSync(dirname(bundle), { recursive: true });
  // The list last: another process that reads in between finds the old one, which no longer holds.
  replace(bundle, result.outputFiles[0].text);
  replace(`${bundle}.json`, JSON.stringify(inputs));
}

function replace(file, text) {
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, text);
  renameSync(own, file);
}

/** Each source keeps its own address, by which it finds what lies beside it. */
const ownAddress = {
  name: "own-address",
  setup({ onLoad }) {
    onLoad({ filter: /\.m?ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta.url")) return undefined;
      const address = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll("import.meta.url", address), loader: "ts" };
    });
  },
};

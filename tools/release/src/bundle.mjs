#!/usr/bin/env node
// npm run bundle: the command line as one file, dist/minisim.mjs, that runs with Node alone: threads, WebAssembly, fonts and licences are in it.
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { bundleForNode } from "../../build/src/engine-bundle.mjs";
import { licencesOf } from "../../build/src/licences.mjs";
import { root } from "../../build/src/manifest.mjs";

const packages = join(root, "packages");
const adapters = join(packages, "pipelines/adapters");
const parts = join(import.meta.dirname, "../one-file");
const file = resolve(process.argv[2] ?? join(root, "dist"), "minisim.mjs");

mkdirSync(join(file, ".."), { recursive: true });
const inputs = await bundleForNode({
  entryPoints: [join(parts, "entry.mjs")],
  outfile: file,
  banner: "#!/usr/bin/env node\n",
  minifyWhitespace: true,
  legalComments: "none",
  loader: { ".wasm": "binary", ".ttf": "binary" },
  define: { ADAPTERS: JSON.stringify(textsIn(adapters)) },
  plugins: [inOneFile()],
});
const texts = [readFileSync(join(root, "LICENSE"), "utf8"), licencesOf(root, [...inputs])].join(
  `\n${"=".repeat(80)}\n\n`,
);
// Nothing in a comment may end it.
appendFileSync(file, `/*\n${texts.replaceAll("*/", "* /")}\n*/\n`);
chmodSync(file, 0o755);
process.stdout.write(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB\n`);

/** What the parts of the engine look for beside them is in the same file. */
function inOneFile() {
  return {
    name: "in-one-file",
    setup({ onLoad, onResolve }) {
      // Threads are this file again, and the function that they deliver with is one of its exports.
      onLoad(
        { filter: /[\\/](render[\\/]src[\\/]node-threads|minisim[\\/]src[\\/]node-simulate)\.ts$/ },
        ({ path }) => {
          const text = readFileSync(path, "utf8");
          const contents = text.replace(/"\.\/node-(worker|deliver)\.js"/, '""');
          if (contents === text) throw new Error(`${path} names its file in another way now.`);
          return { contents, loader: "ts" };
        },
      );
      onLoad({ filter: /[\\/]figures[\\/]src[\\/]node-assets\.ts$/ }, ({ path }) => ({
        contents: assets([
          "@resvg/resvg-wasm/index_bg.wasm",
          "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
          "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
        ]),
        resolveDir: join(path, ".."),
        loader: "js",
      }));
      onResolve({ filter: /^\.\/builtin\.ts$/ }, ({ resolveDir }) =>
        resolveDir === join(packages, "pipelines/src")
          ? { path: join(parts, "adapters.mjs") }
          : undefined,
      );
    },
  };
}

function assets(names) {
  const cases = names.map(
    (name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(name)})`,
  );
  return `const files = { ${cases.join(", ")} };
export const readAsset = async (name) => (await files[name]()).default;`;
}

/** Every file in a folder, by its path there. */
function textsIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(folder.length + 1).replaceAll("\\", "/"),
      readFileSync(path, "utf8"),
    ]),
  );
}

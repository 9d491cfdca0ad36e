// Builds the page from the sources of all packages. The base is relative, so that the folder works under any path.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { licencesOf } from "../../tools/build/src/licences.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Sources name the worker of @minisim/render as it is called once built. */
const workerFromSources: Plugin = {
  name: "render-worker-from-sources",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("web-threads.ts")) return null;
    return code.replace('"./web-worker.js"', '"./web-worker.ts"');
  },
};

/** Readers of files ask a disk; in a tab there stand the files that were dropped. packages/interop/src/tab/README.md tells why. */
const tab = (file: string) => here(`../../packages/interop/src/tab/${file}.ts`);
const IN_A_TAB: Readonly<Record<string, string>> = {
  "node:fs/promises": tab("disk"),
  "node:fs": tab("disk"),
  "node:path": tab("disk"),
  "node:zlib": tab("zlib"),
  "node:crypto": tab("nothing"),
  "node:child_process": tab("nothing"),
  "@minisim/output": tab("nothing"),
  yauzl: tab("zip-entries"),
};
const OF_A_DISK: Readonly<Record<string, string>> = {
  [here("../../packages/interop/src/h5/reading.ts")]: tab("h5-reading"),
  [here("../../packages/interop/src/h5/library.ts")]: tab("nothing"),
  [here("../../packages/interop/src/movies/video.ts")]: tab("video"),
};
const readersInATab: Plugin = {
  name: "readers-in-a-tab",
  enforce: "pre",
  resolveId(source, importer) {
    // Its threads are for Node.
    if (importer?.includes("/unzipit/") && source === "worker_threads") return tab("nothing");
    if (!importer?.includes("/packages/interop/src/")) return null;
    const known = IN_A_TAB[source];
    if (known) return known;
    return source.startsWith(".") ? (OF_A_DISK[resolve(dirname(importer), source)] ?? null) : null;
  },
};

/** Tells the service worker which files the page starts with, so that a second visit needs no network. */
let built = "";
const offlineList: Plugin = {
  name: "offline-list",
  apply: "build",
  configResolved({ root, build: { outDir } }) {
    built = resolve(root, outDir);
  },
  closeBundle() {
    const root = built;
    if (!existsSync(join(root, "service-worker.js"))) return;
    const files = listed(root).filter((file) => !/service-worker|\.map$/.test(file));
    const version = files.map((file) => readFileSync(join(root, file)).length).join("-");
    const script = readFileSync(join(root, "service-worker.js"), "utf8")
      .replace('"__SHELL__"', JSON.stringify(["./", ...shellOf(root)]))
      .replace("__VERSION__", hash(files.join() + version));
    writeFileSync(join(root, "service-worker.js"), script);
  },
};

/** The licences of the libraries in the page and in its workers, which its readers are owed. */
const inputs = new Set<string>();
const licences: Plugin = {
  name: "licences",
  apply: "build",
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type === "chunk") for (const module of part.moduleIds) inputs.add(module);
    }
  },
  closeBundle() {
    if (existsSync(built))
      writeFileSync(join(built, "LICENCES.txt"), licencesOf(here("."), [...inputs]));
  },
};

/** What the page, and the scripts that it starts with, name outright; not what they load when it is asked for. */
function shellOf(root: string): string[] {
  const found = new Set(["index.html"]);
  for (const file of found) {
    if (!/\.(html|js)$/.test(file)) continue;
    const text = readFileSync(join(root, file), "utf8");
    const named = text.matchAll(
      /(?:src=|href=|from|import|new URL\()["'`]\.?\/?((?:assets\/)?[\w.-]+\.(?:js|css|svg))["'`]/g,
    );
    for (const [, name] of named) {
      const path = name!.includes("/") || file === "index.html" ? name! : `assets/${name}`;
      if (existsSync(join(root, path))) found.add(path);
    }
  }
  found.delete("index.html");
  // Threads are for whole recordings.
  return [...found].filter((file) => !file.includes("web-worker-"));
}

function listed(folder: string, prefix = ""): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? listed(join(folder, entry.name), `${prefix}${entry.name}/`)
      : [`${prefix}${entry.name}`],
  );
}

function hash(text: string): string {
  let value = 0;
  for (const letter of text) value = (Math.imul(value, 31) + letter.charCodeAt(0)) | 0;
  return (value >>> 0).toString(36);
}

// Cross-origin isolation gives SharedArrayBuffer; MINISIM_ISOLATED=0 serves the page as a plain host would.
const headers: Record<string, string> =
  process.env.MINISIM_ISOLATED === "0"
    ? {}
    : {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
      };

const START =
  /studio\/src\/((address|panels|state|ui|view)\/|generate\/size|embed\/wanted|open\/(take|open-button)|learn\/session|engine\/(limits|window-limits|correlation))|\/@?preact\/|packages\/figures/;

export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [workerFromSources, licences, offlineList],
  resolve: { conditions: ["@minisim/source", "browser", "module", "import", "default"] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    // What the page starts with is one file: in pieces it compresses less well.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "page", test: START }] } } },
  },
  worker: { format: "es", plugins: () => [workerFromSources, readersInATab, licences] },
  server: { headers },
  preview: { headers, port: 4173 },
});

// The declarations of a package, typed against those that its dependencies have in their dist/: without the condition of sources the
// compiler reads no source of another package.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { manifestOf, root, sourcesOf } from "./manifest.mjs";
import { runTsc } from "./run.mjs";

// In a folder that is in no tarball and in no commit, and from which the types of Node are found.
const CONFIG = "node_modules/.declarations.json";
// Six times the largest one of today. Somebody's chain of inferred options once took 29 MB.
const LARGEST_BYTES = 64 * 1024;

/** Writes the declarations of the package in the current folder into its dist/. Ends the process where a type is wrong. */
export function writeDeclarations() {
  const compilerOptions = {
    customConditions: [],
    noEmit: false,
    noEmitOnError: true,
    declaration: true,
    emitDeclarationOnly: true,
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: true,
    rootDir: "../src",
    outDir: "../dist",
  };
  const base = join(root, "tsconfig.base.json");
  writeFileSync(CONFIG, JSON.stringify({ extends: base, compilerOptions, include: ["../src"] }));
  // Packages are built side by side: threads of one compiler would only take the cores from the next.
  runTsc(["--project", CONFIG, "--singleThreaded"]);
  const entries = sourcesOf(manifestOf(".")).map((source) =>
    join("dist", relative("src", source).replace(/\.ts$/, ".d.ts")),
  );
  keepReached("dist", entries);
  refuseLarge("dist");
}

/** Removes the declarations that no entry leads to: types that nobody outside can name are no part of a package. */
export function keepReached(folder, entries) {
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    // A declaration names the source beside it: "./scene.ts".
    const imports = readFileSync(file, "utf8").matchAll(/(?:\bfrom|\bimport)[ (]*"(\.[^"]+)\.ts"/g);
    for (const [, name] of imports) visit(join(file, "..", `${name}.d.ts`));
  };
  entries.forEach(visit);
  for (const file of declarationsIn(folder)) if (!reached.has(file)) rmSync(file);
}

/** @throws Error that names a declaration too large for anybody to have meant it. */
export function refuseLarge(folder) {
  const large = declarationsIn(folder).find((file) => statSync(file).size > LARGEST_BYTES);
  if (!large) return;
  throw new Error(
    `${large} has more than ${LARGEST_BYTES} bytes: some export has an inferred type that is written out there. Give it an explicit one.`,
  );
}

function declarationsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith(".d.ts"));
}

// The declarations of a package, typed against those that its dependencies have in their dist/: without the condition of sources the
// compiler reads no source of another package.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { manifestOf, root, sourcesOf } from "./manifest.mjs";
import { runTsc } from "./run.mjs";

// In a folder that is in no tarball and in no commit, and from which the types of Node are found.
const config = "node_modules/.declarations.json";

/** Writes the declarations of the package in the current folder into its dist/. Ends the process where a type is wrong. */
export function writeDeclarations() {
  const options = {
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
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: options,
      include: ["../src"],
    }),
  );
  // Packages are built side by side: threads of one compiler would only take the cores from the next.
  runTsc(["--project", config, "--singleThreaded"]);
  removeUnreached();
}

/** Removes the declarations that no public one leads to: types that nobody outside can name are no part of a package. */
function removeUnreached() {
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = readFileSync(file, "utf8");
    // A declaration names the source beside it: "./scene.ts".
    for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)[ (]*"(\.[^"]+)\.ts"/g)) {
      visit(join(file, "..", `${name}.d.ts`));
    }
  };
  for (const source of sourcesOf(manifestOf("."))) {
    visit(join("dist", relative("src", source).replace(/\.ts$/, ".d.ts")));
  }
  for (const entry of readdirSync("dist", { recursive: true })) {
    const file = join("dist", entry);
    if (file.endsWith(".d.ts") && !reached.has(file)) rmSync(file);
  }
}

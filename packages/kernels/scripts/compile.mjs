// Compiles assembly/{math,frames}/index.ts to WebAssembly and writes each module as base64 into src/generated, so that
// no bundler needs a wasm plugin. Both files are committed; test/generated.test.ts proves that they are fresh.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const common = ["-O3", "--noAssert", "--runtime", "stub", "--use", "abort="];
export const simd = ["--enable", "simd", "--importMemory", "--zeroFilledMemory"];
const moduleOptions = {
  math: [],
  frames: simd,
};

export const moduleNames = Object.keys(moduleOptions);

export function compileModule(name) {
  return compile(`assembly/${name}/index.ts`, moduleOptions[name]);
}

/** Compiles one AssemblyScript file of this package, given by its path from the package's root. */
export async function compile(entry, options) {
  let binary;
  const { error, stderr } = await asc.main(
    [entry, "--outFile", "module.wasm", ...common, ...options],
    {
      readFile: (file, baseDir) => readIfPresent(resolve(root, baseDir, file)),
      writeFile: (_file, contents) => {
        binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${entry} does not compile.\n${stderr.toString()}`);
  return binary;
}

/** Writes a compiled module where sources import it from. `source`: what it was compiled from. */
export function writeModule(file, name, binary, source) {
  const base64 = Buffer.from(binary).toString("base64");
  writeFileSync(
    file,
    `// Compiled from ${source} by scripts/compile.mjs. Do not edit.\nexport const ${name} =\n  "${base64}";\n`,
  );
}

function readIfPresent(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of moduleNames) {
    const file = resolve(root, `src/generated/${name}.generated.ts`);
    writeModule(file, `${name}Module`, await compileModule(name), `assembly/${name}`);
  }
}

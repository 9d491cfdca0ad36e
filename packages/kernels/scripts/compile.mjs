// Compiles assembly/{math,frames}/index.ts to WebAssembly and writes each module as base64 into src/generated, so that
// no bundler needs a wasm plugin. Both files are committed; test/generated.test.ts proves that they are fresh.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const common = ["-O3", "--noAssert", "--runtime", "stub", "--use", "abort="];
const moduleOptions = {
  math: [],
  frames: ["--enable", "simd", "--importMemory"],
};

export const moduleNames = Object.keys(moduleOptions);

export async function compileModule(name) {
  let binary;
  const { error, stderr } = await asc.main(
    [`assembly/${name}/index.ts`, "--outFile", "module.wasm", ...common, ...moduleOptions[name]],
    {
      readFile: (file, baseDir) => readIfPresent(resolve(root, baseDir, file)),
      writeFile: (_file, contents) => {
        binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`assembly/${name} does not compile.\n${stderr.toString()}`);
  return binary;
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
    const base64 = Buffer.from(await compileModule(name)).toString("base64");
    writeFileSync(
      resolve(root, `src/generated/${name}.generated.ts`),
      `// Compiled from assembly/${name} by scripts/compile.mjs. Do not edit.\nexport const ${name}Module =\n  "${base64}";\n`,
    );
  }
}

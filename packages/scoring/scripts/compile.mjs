// Compiles assembly/index.ts to WebAssembly and writes it as base64 into src/generated, by the compiler and the options of
// the kernels. The file is committed; test/generated.test.ts proves that it is fresh.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "../../kernels/scripts/compile.mjs";

export const generatedFile = resolve(import.meta.dirname, "../src/generated/project.generated.ts");

export const compileProject = () => compile("../scoring/assembly/index.ts", ["--enable", "simd"]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const base64 = Buffer.from(await compileProject()).toString("base64");
  writeFileSync(
    generatedFile,
    `// Compiled from assembly by scripts/compile.mjs. Do not edit.\nexport const projectModule =\n  "${base64}";\n`,
  );
}

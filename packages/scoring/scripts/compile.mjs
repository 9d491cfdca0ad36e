// Compiles assembly/index.ts to WebAssembly and writes it as base64 into src/generated, by the compiler and the options of
// the kernels. The file is committed; test/generated.test.ts proves that it is fresh.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, writeModule } from "../../kernels/scripts/compile.mjs";

export const generatedFile = resolve(import.meta.dirname, "../src/generated/project.generated.ts");

export const compileProject = () => compile("../scoring/assembly/index.ts", ["--enable", "simd"]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeModule(generatedFile, "projectModule", await compileProject(), "assembly");
}

// Compiles assembly/index.ts to WebAssembly and writes it as base64 into src/generated, by the compiler and the options of
// the kernels. The file is committed; test/generated.test.ts proves that it is fresh.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, writeModule } from "../../kernels/scripts/compile.mjs";

export const generatedFile = resolve(import.meta.dirname, "../src/generated/literals.generated.ts");

// Addresses below are the module's own: see assembly/layout.ts.
const options = ["--enable", "simd", "--memoryBase", "524288"];
export const compileLiterals = () => compile("../store/assembly/index.ts", options);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeModule(generatedFile, "literalsModule", await compileLiterals(), "assembly");
}

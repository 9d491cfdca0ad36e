// The programs of examples/programs: they compile against the declarations of the tarballs, with two compilers and both ways to find modules, run, and print
// what their last lines say. A typo in a spec does not compile.
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { copied, node } from "./run.ts";

const strict = {
  target: "ES2022",
  lib: ["ES2023", "DOM"],
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  rootDir: ".",
  outDir: "compiled",
};
const RESOLUTIONS = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];
let project = "";
const compilers = () => ({
  "this repository's compiler": fileURLToPath(
    new URL("bin/tsc", import.meta.resolve("typescript/package.json")),
  ),
  "the compiler before it": join(project, "node_modules/typescript/bin/tsc"),
});

const examples = fileURLToPath(new URL("../../examples/programs", import.meta.url));
const programs = readdirSync(examples).filter((name) => name.endsWith(".ts"));

beforeAll(() => {
  project = copied("refused.ts");
  for (const name of programs) cpSync(join(examples, name), join(project, "programs", name));
});

test.each(
  Object.keys(compilers()).flatMap((compiler) =>
    RESOLUTIONS.map((resolution) => ({ compiler, ...resolution })),
  ),
)("they compile: $compiler, $moduleResolution", async ({ compiler, module, moduleResolution }) => {
  const compilerOptions = { ...strict, module, moduleResolution };
  const config = join(project, `tsconfig.${moduleResolution}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, include: ["programs", "refused.ts"] }));
  const file = compilers()[compiler as keyof ReturnType<typeof compilers>];
  expect(await node(file, ["--project", config], project)).toBe("");
});

test("there is one for each thing that one does first", () => {
  expect(programs).toHaveLength(6);
});

test.each(programs)("%s prints what it says", async (name) => {
  const said = readFileSync(join(examples, name), "utf8").split("\n// Prints:\n// ")[1]!;
  const printed = await node(`compiled/programs/${name.replace(".ts", ".js")}`, [], project);
  expect(printed).toBe(said.replaceAll("\n// ", "\n"));
});

// Programs for Node: they compile against the declarations of the tarballs, with two compilers and both ways to find modules, and run.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { copied, expectedMovie, node } from "./run.ts";

const strict = {
  target: "ES2022",
  lib: ["ES2023", "DOM"],
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  rootDir: "programs",
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

beforeAll(() => {
  project = copied("programs");
});

test.each(
  Object.keys(compilers()).flatMap((compiler) =>
    RESOLUTIONS.map((resolution) => ({ compiler, ...resolution })),
  ),
)("they compile: $compiler, $moduleResolution", async ({ compiler, module, moduleResolution }) => {
  const compilerOptions = { ...strict, module, moduleResolution };
  const config = join(project, `tsconfig.${moduleResolution}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, include: ["programs"] }));
  const file = compilers()[compiler as keyof ReturnType<typeof compilers>];
  expect(await node(file, ["--project", config], project)).toBe("");
});

const outcomes: Record<string, () => unknown> = {
  "in-memory": expectedMovie,
  "to-disk": expectedMovie,
  "own-step": () => ({ light: [1.5] }),
  score: () => ({ recall: 1, n_true: 5 }),
};

test("each has an outcome here", () => {
  const files = readdirSync(join(project, "programs"));
  const programs = files.filter((name) => !["spec.ts", "sha256.ts"].includes(name));
  expect(programs.sort()).toEqual(
    Object.keys(outcomes)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});

test.each(Object.keys(outcomes))("%s runs", async (name) => {
  const printed = await node(`compiled/${name}.js`, [], project);
  expect(JSON.parse(printed)).toEqual(await outcomes[name]!());
});

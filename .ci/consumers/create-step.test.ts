// npm create minisim-step as a stranger does it: a package in a folder of its own, with the tarballs in place of the registry.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { execute, node } from "./run.ts";

let away = "";
let folder = "";
const npm = (...words: readonly string[]) => execute("npm", words, folder);

beforeAll(async () => {
  away = mkdtempSync(join(tmpdir(), "minisim-create-"));
  folder = join(away, "lens-flare");
  const program = join(
    inject("project"),
    "node_modules/create-minisim-step/bin/create-minisim-step.js",
  );
  const said = await node(program, ["lens-flare"], away);
  expect(said).toContain("lens-flare has a package with the step lens_flare.");
  const cache = join(inject("project"), "../npm-cache");
  const quiet = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--cache", cache];
  await npm("install", ...quiet, ...inject("tarballs"));
  // What this test's vitest tells its children is not for the package's.
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("VITEST")) delete process.env[name];
  }
});
afterAll(() => rmSync(away, { recursive: true, force: true }));

test("its types are sound, and its tests pass", async () => {
  await npm("run", "check");
  expect(await npm("test")).toMatch(/Tests .*\d+ passed/);
});

test("it simulates, and a picture is drawn", async () => {
  expect(await npm("run", "simulate")).toContain("movie");
  const minisim = join(folder, "node_modules/@minisim/cli/bin/minisim.js");
  expect(await node(minisim, ["inspect", "recording.zarr"], folder)).toContain("lens_flare");
  expect(await npm("run", "look")).toContain("pictures");
  const described = await node(minisim, ["steps", "lens_flare", "--plugin", "."], folder);
  expect(described).toContain("strength");
});

test("whoever imports it has its types", async () => {
  const program = `import { lensFlare } from "minisim-step-lens-flare";
const kind: "lens_flare" = lensFlare.kind;
// @ts-expect-error: there is no such parameter
lensFlare.params.parse({}).weakness;
console.log(kind, lensFlare.package?.name, lensFlare.params.parse({}).strength.toFixed(1));
`;
  writeFileSync(join(folder, "program.ts"), program);
  const settings = { extends: "./tsconfig.json", include: ["program.ts"] };
  writeFileSync(join(folder, "tsconfig.program.json"), JSON.stringify(settings));
  const compiler = join(folder, "node_modules/typescript/bin/tsc");
  await node(compiler, ["--noEmit", "--project", "tsconfig.program.json"], folder);
});

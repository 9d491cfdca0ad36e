// The example of a step of one's own, in a repository of one's own: built and tested with the scripts that its README gives.
import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, inject, test } from "vitest";
import { node } from "./run.ts";

const example = fileURLToPath(new URL("../../examples/plugin", import.meta.url));
const plugin = join(inject("project"), "plugin");
const scripts = Object.fromEntries(
  [...readFileSync(join(example, "README.md"), "utf8").matchAll(/^ {4}"(\w+)": "(.+)"$/gm)].map(
    ([, name, script]) => [name!, script!],
  ),
);

beforeAll(() => {
  for (const name of ["src", "test"]) {
    cpSync(join(example, name), join(plugin, name), { recursive: true });
  }
  const { name, version, type, exports } = JSON.parse(
    readFileSync(join(example, "package.json"), "utf8"),
  );
  writeFileSync(
    join(plugin, "package.json"),
    JSON.stringify({ name, version, type, exports, scripts }),
  );
});

async function run(script: string): Promise<string> {
  const bin = join(inject("project"), "node_modules/.bin");
  // What this test's vitest tells its children is not for the plugin's.
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST"));
  const env = { ...Object.fromEntries(ours), PATH: `${bin}${delimiter}${process.env.PATH}` };
  return (await promisify(execFile)(script, [], { cwd: plugin, env, shell: true })).stdout;
}

test("its tests pass once it is built", async () => {
  await run(scripts.build!);
  expect(await run(scripts.test!)).toMatch(/Tests .*\d+ passed/);
});

test("the command line takes what was built", async () => {
  const minisim = join(inject("project"), "node_modules/@minisim/cli/bin/minisim.js");
  const described = await node(
    minisim,
    ["steps", "fixed_pattern_noise", "--plugin", plugin],
    plugin,
  );
  expect(described).toContain("hot_pixel_fraction");
});

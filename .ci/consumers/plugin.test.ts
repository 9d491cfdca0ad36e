// The example of a step of one's own, in a repository of one's own: built and tested with the scripts that its README gives.
import { execFile } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

test("a verb of its own runs on threads, with the same bytes", async () => {
  const minisim = join(inject("project"), "node_modules/@minisim/cli/bin/minisim.js");
  const spec = `acquisition: { duration_s: 4, image_sensor: { n_px_height: 64, n_px_width: 64 } }
steps: [{ kind: leakage, level: 50 }, { kind: soft_saturation }, { kind: sensor }]
`;
  writeFileSync(join(plugin, "bent.yaml"), spec);
  const movies: Buffer[][] = [];
  for (const workers of ["1", "2"]) {
    const store = join(plugin, `bent-${workers}.zarr`);
    const words = ["simulate", "bent.yaml", "-o", store, "--plugin", ".", "--workers", workers];
    await node(minisim, words, plugin);
    const chunks = readdirSync(join(store, "observed"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
    movies.push(chunks.map((file) => readFileSync(file)));
  }
  expect(movies[0]!.length).toBeGreaterThan(1);
  expect(movies[1]).toEqual(movies[0]);
});

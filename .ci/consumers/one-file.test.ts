// The command line as one file, alone in an empty folder: it does what the installed packages do, to the byte.
import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { spec } from "./common/spec.ts";
import { filesIn, NOBODY, node } from "./run.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const LIMIT_MB = 18;

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minisim-one-file-"));
  const bundle = join(root, "tools/release/src/bundle.mjs");
  await promisify(execFile)(process.execPath, [bundle, folder], { cwd: root });
  writeFileSync(join(folder, "spec.json"), JSON.stringify(spec));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const minisim = (...words: string[]) => node("minisim.mjs", words, folder);

test("it is one file, no larger than it was meant to be, with the licences of what it holds", () => {
  expect(readdirSync(folder).sort()).toEqual(["minisim.mjs", "spec.json"]);
  expect(statSync(join(folder, "minisim.mjs")).size / 1e6).toBeLessThan(LIMIT_MB);
  const all = readFileSync(join(folder, "minisim.mjs"), "utf8");
  const end = all.slice(all.lastIndexOf("\n/*\n"));
  for (const text of [
    "The Minisim authors",
    "@resvg/resvg-wasm 2",
    "MPL-2.0",
    "Bitstream Vera",
    "zod 4",
    "@aws-sdk/client-s3 3",
  ]) {
    expect(end).toContain(text);
  }
});

test.each([0, 2])(
  "it writes the store that the packages write, with %i threads",
  async (workers) => {
    const words = (out: string) => ["simulate", "spec.json", "-o", out, "--workers", `${workers}`];
    await minisim(...words(`one-${workers}.zarr`), "--quiet");
    const installed = join(inject("prefix"), "node_modules/@minisim/cli/bin/minisim.js");
    await node(installed, [...words(`packages-${workers}.zarr`), "--quiet"], folder);
    const [one, packages] = [`one-${workers}.zarr`, `packages-${workers}.zarr`].map((name) =>
      filesIn(join(folder, name)),
    );
    expect(one!.size).toBeGreaterThan(20);
    expect([...one!.keys()]).toEqual([...packages!.keys()]);
    for (const [name, bytes] of one!) expect(bytes.equals(packages!.get(name)!), name).toBe(true);
  },
);

test("it draws, with its own fonts", async () => {
  await minisim("simulate", "spec.json", "-o", "drawn.zarr", "--quiet");
  await minisim("render", "drawn.zarr", "-o", "pictures", "--quiet");
  const installed = join(inject("prefix"), "node_modules/@minisim/cli/bin/minisim.js");
  await node(installed, ["render", "drawn.zarr", "-o", "others", "--quiet"], folder);
  const pictures = filesIn(join(folder, "pictures"));
  expect([...pictures.keys()]).toContain("traces.png");
  for (const [name, bytes] of filesIn(join(folder, "others")))
    expect(bytes.equals(pictures.get(name)!), name).toBe(true);
});

test("it knows the pipelines and takes steps of others", async () => {
  // Their scripts lie in a temporary folder while it runs, and no longer.
  const own = join(folder, "tmp");
  mkdirSync(own);
  const options = { cwd: folder, env: { ...process.env, TMPDIR: own } };
  const words = ["minisim.mjs", "run", "suite2p"];
  const { stdout } = await promisify(execFile)(process.execPath, words, options);
  expect(stdout).toContain("threshold_scaling");
  expect(readdirSync(own)).toEqual([]);
  const step = join(inject("project"), "own-step.mjs");
  writeFileSync(step, OWN_STEP);
  const add = ["--plugin", step, "--set", "steps.dim={share: 0.25}"];
  await minisim("simulate", "spec.json", "-o", "own.zarr", ...add, "--quiet");
  const { steps } = JSON.parse(await minisim("inspect", "own.zarr", "--json", "--plugin", step));
  expect(steps).toContainEqual({ kind: "dim", revision: 1, package: null });
});

test("it has what speaks to S3 in it", async () => {
  const env = { ...process.env, ...NOBODY };
  const asked = promisify(execFile)(
    process.execPath,
    ["minisim.mjs", "inspect", "s3://lab/r.zarr"],
    {
      ...{ cwd: folder, env },
    },
  );
  await expect(asked).rejects.toMatchObject({
    stderr: "error: s3://lab/r.zarr/zarr.json could not be read: nothing answers at 127.0.0.1.\n",
  });
});

/** Made with the packages of an installation, of which the one file has its own. */
const OWN_STEP = `import { defineStep, modulate } from "@minisim/pipeline";
import { fraction } from "@minisim/spec";
import { z } from "zod";
export const dim = defineStep({
  kind: "dim",
  revision: 1,
  domain: "sensor",
  summary: "Less light.",
  sources: ["a test"],
  params: z.strictObject({ share: fraction({ description: "Light that is left" }).default(0.5) }),
  compile: ({ params, geometry: { fov } }) => ({
    frames: modulate(new Float64Array(fov.height * fov.width).fill(params.share)),
  }),
});
`;

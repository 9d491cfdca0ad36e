// The conventions of the command line as a whole.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { at, minisim } from "./harness.ts";

const COMMANDS = [
  "init",
  "validate",
  "simulate",
  "inspect",
  "measure",
  "render",
  "steps",
  "schema",
  "completion",
];

describe("help", () => {
  test.each([[[]], ...COMMANDS.map((name) => [[name]])])("%j --help has examples", async (argv) => {
    const { code, out, err } = await minisim([...argv, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Examples:\n  minisim ");
  });

  test("--version", async () => {
    const { code, out } = await minisim(["--version"]);
    const manifest = new URL("../package.json", import.meta.url);
    expect(out.trim()).toBe(JSON.parse(readFileSync(manifest, "utf8")).version);
    expect(code).toBe(0);
  });
});

describe("usage errors exit 2 and say what is wrong", () => {
  test.each([
    [["simulat"], "Did you mean simulate?"],
    [["simulate", "miniscope_v4/ca1"], "needs -o STORE"],
    [["validate"], "spec|preset"],
    [["simulate", "a", "-o", "b", "--unti", "1"], "Did you mean --until?"],
    [["simulate", "a", "-o", "b", "--seed", "1.5"], "whole number"],
    [["inspect"], "store"],
    [["completion", "tcsh"], "bash, zsh, fish"],
  ])("%j", async (argv, sentence) => {
    const { code, out, err } = await minisim(argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(readdirSync(at())).toEqual([]);
  });
});

test("no stack trace without --debug", async () => {
  const argv = ["inspect", "nothing.zarr"];
  expect((await minisim(argv)).err).not.toMatch(/^\s+at /m);
  expect((await minisim([...argv, "--debug"])).err).toMatch(/^\s+at /m);
  expect((await minisim(["--debug", ...argv])).err).toMatch(/^\s+at /m);
});

test("the committed bin says how to build where there is no build", () => {
  const bin = fileURLToPath(new URL("../bin/minisim.js", import.meta.url));
  mkdirSync(at("bin"));
  copyFileSync(bin, at("bin", "minisim.mjs"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [at("bin", "minisim.mjs")], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^minisim is not built yet: run `npm run build` .+\n$/);
});

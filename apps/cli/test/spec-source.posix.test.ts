// What may stand where a spec is asked for: standard input, as a shell connects it, and pipes; and devices, which may not.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, symlinkSync } from "node:fs";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { at, minisim, type Run, TINY, write } from "./harness.ts";

const child = fileURLToPath(new URL("run-child.ts", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));

/** Runs a command in the test's folder; `feed` is a shell command whose output is its standard input. */
async function piped(feed: string, argv: readonly string[]): Promise<Run> {
  const node = [process.execPath, runner, child, ...argv];
  const quoted = node.map((word) => `'${word}'`).join(" ");
  const shell = spawn("sh", ["-c", `${feed} | ${quoted}`], { cwd: at() });
  const [out, err, [code]] = await Promise.all([
    text(shell.stdout),
    text(shell.stderr),
    once(shell, "close"),
  ]);
  return { code: code as number, out, err };
}

describe("standard input", () => {
  test("is a spec for -, YAML or JSON, in each command", async () => {
    write("tiny.yaml", TINY);
    const [valid, wrong, simulated] = await Promise.all([
      piped("cat tiny.yaml", ["validate", "-"]),
      piped(`echo '{"seed": -1,\n "steps": []}'`, ["validate", "-"]),
      piped("cat tiny.yaml", ["simulate", "-", "-o", "a.zarr", "--set", "seed=8", "--json"]),
    ]);
    expect(valid).toMatchObject({ code: 0, out: expect.stringMatching(/^valid [0-9a-f]{16}\n/m) });
    expect(wrong).toEqual({ code: 1, err: "", out: "<stdin>:1:2  seed: must be ≥ 0 (got -1).\n" });
    expect(JSON.parse(simulated.out)).toMatchObject({ shape: [20, 24, 20] });
    expect(JSON.parse(readFileSync(at("a.zarr", "spec.json"), "utf8")).seed).toBe(8);
  });

  test("is a sweep for -, whose base lies in this folder", async () => {
    write("tiny.yaml", TINY);
    const [counted, exported, endless] = await Promise.all([
      piped(`echo '{"base": "tiny.yaml", "axes": {"seed": [1, 2, 3]}}'`, [
        ...["sweep", "-", "--dry-run", "--json", "--cache", "cache"],
      ]),
      piped("cat tiny.yaml", ["export", "-", "--to", "tiff", "-o", "a.tif"]),
      piped("cat /dev/zero", ["sweep", "-", "-o", "out"]),
    ]);
    expect(JSON.parse(counted.out)).toMatchObject({ points: 3 });
    expect(exported).toMatchObject({ code: 0, out: "a.tif\n" });
    expect(endless).toEqual({
      code: 1,
      out: "",
      err: "error: <stdin>:1:1  this has more than 32 MB, which no spec has.\n",
    });
  });
});

test.each([
  ["a device", "/dev/zero"],
  ["a link to one", "zeros"],
])("%s is called by its name, at once", async (_, source) => {
  symlinkSync("/dev/zero", at("zeros"));
  for (const argv of [
    ["validate", source],
    ["simulate", source, "-o", "a.zarr"],
    ["export", source, "--to", "tiff", "-o", "a.tif"],
    ["sweep", source, "-o", "out"],
  ]) {
    const err = `error: ${source} is a device, not a file.\n`;
    expect(await minisim(argv)).toEqual({ code: 1, out: "", err });
  }
});

test("a pipe is read, and left when the user interrupts", async () => {
  execFileSync("mkfifo", [at("pipe")]);
  spawn("sh", ["-c", 'echo "{steps: []}" > "$0"', at("pipe")]);
  expect((await minisim(["validate", "pipe"])).code).toBe(0);
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("stop")), 50);
  const { err } = await minisim(["validate", "pipe"], { signal: stop.signal });
  expect(err).toContain("interrupted");
});

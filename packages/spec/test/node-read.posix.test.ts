// What POSIX puts where a spec is asked for: pipes are read to their end, links are followed, devices and sockets are called by their names.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSpecFile, readSpecFileSync } from "@minisim/spec/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder = "";
const at = (name: string) => join(folder, name);
const named = (name: string) => ({ name });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-spec-"));
  writeFileSync(at("spec.yaml"), "seed: 1 # µ\n");
  mkdirSync(at("folder"));
  execFileSync("mkfifo", [at("pipe"), at("silent")]);
  symlinkSync("spec.yaml", at("link"));
  symlinkSync("/dev/zero", at("zeros"));
  symlinkSync("folder", at("door"));
  symlinkSync("circle", at("circle"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a link to a file is read", async () => {
  expect(await readSpecFile(at("link"), named("link"))).toBe("seed: 1 # µ\n");
  expect(readSpecFileSync(at("link"), named("link"))).toBe("seed: 1 # µ\n");
});

describe("what is no file", () => {
  test.each([
    ["door", "not_a_file", "door is a folder, not a file."],
    ["zeros", "not_a_file", "zeros is a device, not a file."],
    ["/dev/zero", "not_a_file", "/dev/zero is a device, not a file."],
    ["/dev/null", "not_a_file", "/dev/null is a device, not a file."],
    ["circle", "unreadable", "circle is a link in a circle of links."],
    ["x".repeat(300), "not_found", "no file has a name that long."],
  ])("%s", async (name, code, message) => {
    const path = name.startsWith("/") ? name : at(name);
    const refused = expect.objectContaining({ name: "SpecFileError", kind: "text", code, message });
    await expect(readSpecFile(path, named(name))).rejects.toEqual(refused);
    expect(() => readSpecFileSync(path, named(name))).toThrow(refused);
  });

  test("a socket", async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(at("socket"), listening));
    const act = readSpecFile(at("socket"), named("socket"));
    await expect(act).rejects.toThrow("socket is a socket, not a file.");
    await new Promise((closed) => server.close(closed));
  });
});

describe("a pipe", () => {
  const write = (text: string) =>
    spawn("sh", ["-c", `sleep 0.2; printf '%s' "$0" > "$1"`, text, at("pipe")]);

  test("is read to its end, once somebody writes", async () => {
    const long = `# ${"x".repeat(100_000)}\nseed: 1\n`;
    write(long);
    expect(await readSpecFile(at("pipe"), named("pipe"))).toBe(long);
  });

  test("into which nobody writes is given up", async () => {
    const act = readSpecFile(at("silent"), { name: "silent", patienceMs: 100 });
    await expect(act).rejects.toThrow("nobody writes to the pipe silent.");
  });

  test("without end is no spec", async () => {
    const writer = spawn("sh", ["-c", 'cat /dev/zero > "$0"', at("pipe")]);
    const act = readSpecFile(at("pipe"), named("pipe"));
    await expect(act).rejects.toMatchObject({ code: "too_large" });
    writer.kill();
  });

  test("is left on abort", async () => {
    const stop = new AbortController();
    const act = readSpecFile(at("silent"), { name: "silent", signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(act).rejects.toThrow("enough");
  });

  test("cannot be read at once", () => {
    expect(() => readSpecFileSync(at("pipe"), named("pipe"))).toThrow(
      "pipe is a pipe, not a file.",
    );
  });
});

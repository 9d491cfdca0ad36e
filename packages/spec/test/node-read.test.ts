// What may stand where a spec is asked for: files and pipes are read to their end, anything else is called by its name at once.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { readSpecFile, readSpecFileSync, SpecFileError } from "@minisim/spec/node";
import { SpecTextError } from "@minisim/spec/text";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileError } from "../src/node-open.ts";

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
  writeFileSync(at("large"), Buffer.alloc(32_000_001, "#"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file", () => {
  test.each(["spec.yaml", "link"])("%s is read", async (name) => {
    expect(await readSpecFile(at(name), named(name))).toBe("seed: 1 # µ\n");
    expect(readSpecFileSync(at(name), named(name))).toBe("seed: 1 # µ\n");
  });

  test("is no larger than a spec", async () => {
    const refused = new SpecTextError(
      "large",
      { line: 1, column: 1 },
      "this has more than 32 MB, which no spec has.",
      "too_large",
    );
    await expect(readSpecFile(at("large"), named("large"))).rejects.toThrow(refused);
    expect(() => readSpecFileSync(at("large"), named("large"))).toThrow(refused);
  });
});

describe("what is no file", () => {
  test.each([
    ["folder", "not_a_file", "folder is a folder, not a file."],
    ["door", "not_a_file", "door is a folder, not a file."],
    ["zeros", "not_a_file", "zeros is a device, not a file."],
    ["/dev/zero", "not_a_file", "/dev/zero is a device, not a file."],
    ["/dev/null", "not_a_file", "/dev/null is a device, not a file."],
    ["circle", "unreadable", "circle is a link in a circle of links."],
    ["nothing", "not_found", "there is no file nothing."],
    ["spec.yaml/x", "not_found", "there is no file spec.yaml/x."],
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

  test("what may not be read", () => {
    // As the system says it: the superuser, who may run this, may read everything.
    const denied = Object.assign(new Error("EACCES"), { code: "EACCES", syscall: "open" });
    expect(fileError(denied, "secret")).toEqual(
      new SpecFileError("unreadable", "no permission to read secret."),
    );
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

describe("standard input", () => {
  test("is what - means", async () => {
    const stdin = Readable.from([Buffer.from("se"), Buffer.from("ed: 1")]);
    expect(await readSpecFile("-", { name: "<stdin>", stdin })).toBe("seed: 1");
  });

  test("without end is no spec, and is not read on", async () => {
    let asked = 0;
    async function* endless() {
      for (;;) {
        asked += 1;
        yield new Uint8Array(1_000_000);
      }
    }
    const act = readSpecFile("-", { name: "<stdin>", stdin: endless() });
    await expect(act).rejects.toMatchObject({ code: "too_large" });
    expect(asked).toBe(33);
  });

  test("is left on abort", async () => {
    const stop = new AbortController();
    const stdin = new PassThrough();
    const act = readSpecFile("-", { name: "<stdin>", stdin, signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 10);
    await expect(act).rejects.toThrow("enough");
    expect(stdin.destroyed).toBe(true);
  });

  test("that is a folder is called so", async () => {
    const stdin = (async function* () {
      yield new Uint8Array(0);
      throw Object.assign(new Error("EISDIR"), { code: "EISDIR", syscall: "read" });
    })();
    const act = readSpecFile("-", { name: "<stdin>", stdin });
    await expect(act).rejects.toThrow("<stdin> is a folder, not a file.");
  });
});

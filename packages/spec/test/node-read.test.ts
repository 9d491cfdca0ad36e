// What may stand where a spec is asked for: files and standard input are read to their end, anything else is called by its name at once.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
  writeFileSync(at("large"), Buffer.alloc(32_000_001, "#"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file", () => {
  test("is read", async () => {
    expect(await readSpecFile(at("spec.yaml"), named("spec.yaml"))).toBe("seed: 1 # µ\n");
    expect(readSpecFileSync(at("spec.yaml"), named("spec.yaml"))).toBe("seed: 1 # µ\n");
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
    ["nothing", "not_found", "there is no file nothing."],
    ["spec.yaml/x", "not_found", "there is no file spec.yaml/x."],
  ])("%s", async (name, code, message) => {
    const refused = expect.objectContaining({ name: "SpecFileError", kind: "text", code, message });
    await expect(readSpecFile(at(name), named(name))).rejects.toEqual(refused);
    expect(() => readSpecFileSync(at(name), named(name))).toThrow(refused);
  });

  test("what may not be read", () => {
    // As the system says it: the superuser, who may run this, may read everything.
    const denied = Object.assign(new Error("EACCES"), { code: "EACCES", syscall: "open" });
    expect(fileError(denied, "secret")).toEqual(
      new SpecFileError("unreadable", "no permission to read secret."),
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

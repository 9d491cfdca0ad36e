// What is written, and that nothing is ever overwritten.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "create-minisim-step";
import { afterEach, beforeEach, expect, test } from "vitest";

let cwd = "";
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "create-minisim-step-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function create(...words: readonly string[]) {
  const said = { code: 0, out: "", err: "" };
  said.code = run(words, cwd, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
  });
  return said;
}
const text = (...path: readonly string[]) => readFileSync(join(cwd, ...path), "utf8");
const filesIn = (folder: string) =>
  readdirSync(join(cwd, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
/** The sentences before the usage. */
const errors = ({ err }: { err: string }) => err.split("\n\nUsage")[0]!.split("\n");

const FILES = [
  ".gitignore",
  "README.md",
  "conformance.test.ts",
  "index.ts",
  "package.json",
  "params.ts",
  "physics.test.ts",
  "spec.yaml",
  "tsconfig.build.json",
  "tsconfig.json",
];

test("a package by the name of its folder, on the sensor", () => {
  const { code, out, err } = create("lens-flare");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("lens-flare has a package with the step lens_flare.");
  expect(out).toContain("cd lens-flare && npm install");
  expect(filesIn("lens-flare")).toEqual(FILES);
  expect(JSON.parse(text("lens-flare", "package.json"))).toMatchObject({
    name: "minisim-step-lens-flare",
    type: "module",
    peerDependencies: { "@minisim/pipeline": expect.any(String) },
  });
  expect(text("lens-flare", "src", "index.ts")).toContain("export const lensFlare = defineStep({");
  expect(text("lens-flare", "src", "index.ts")).toContain('domain: "sensor"');
  expect(text("lens-flare", "spec.yaml")).toContain("- kind: lens_flare\n");
  expect(text("lens-flare", "test", "conformance.test.ts")).toContain('from "../src/index.ts"');
  const all = FILES.map((name) => text("lens-flare", pathOf(name)));
  for (const each of all) expect(each).not.toMatch(/\{\{|\}\}/);
});

const pathOf = (name: string) => {
  if (name.endsWith(".test.ts")) return join("test", name);
  return name.endsWith(".ts") ? join("src", name) : name;
};

test("a step of the tissue of another name, in a folder that holds a repository's beginning", () => {
  mkdirSync(join(cwd, "here", ".git"), { recursive: true });
  expect(create("here", "--kind", "soft_haze", "--domain=tissue").code).toBe(0);
  expect(text("here", "src", "index.ts")).toContain("area(geometry.canvas)");
  expect(JSON.parse(text("here", "package.json")).name).toBe("minisim-step-soft-haze");
});

test("a folder whose name says that it is a step's", () => {
  expect(create("minisim-step-glow").out).toContain("with the step glow.");
});

test("the folder that one is in", () => {
  expect(create(".", "--kind", "glow").out).toMatch(/^\n\. has a package[\s\S]*\n {4}npm install/);
  expect(filesIn(".")).toEqual(FILES);
});

test("help", () => {
  const { code, out, err } = create("--help");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^Usage: npm create minisim-step FOLDER/);
});

test("a folder that holds something, and a file, stay as they are", () => {
  mkdirSync(join(cwd, "full"));
  writeFileSync(join(cwd, "full", "package.json"), "mine");
  writeFileSync(join(cwd, "note"), "mine");
  const full = create("full");
  expect(full.code).toBe(2);
  expect(errors(full)).toEqual([
    "error: The folder full is not empty (it has package.json): name one that is new or empty.",
  ]);
  expect(filesIn("full")).toEqual(["package.json"]);
  expect(text("full", "package.json")).toBe("mine");
  expect(errors(create("note"))).toEqual(["error: note is a file."]);
  expect(text("note")).toBe("mine");
});

test.each([
  [["Lens Flare"], [/^error: KIND is words in lower case .* \(got "Lens Flare"\)\.$/]],
  [["flare", "--domain", "cell"], [/^error: DOMAIN is one of tissue, sensor \(got "cell"\)\./]],
  [
    ["7", "--domain", "x"],
    [/^error: DOMAIN/, /^error: KIND .*\(got "7"\)/],
  ],
  [["one", "two"], [/^error: There is one FOLDER \(got one, two\)\.$/]],
  [["flare", "--colour"], [/^error: Unknown option '--colour'\.$/]],
  [[], [/^error: FOLDER is missing\.$/]],
] as const)("%j is refused in a sentence", (words, sentences) => {
  const said = create(...words);
  expect(said.code).toBe(2);
  expect(errors(said)).toEqual(sentences.map((sentence) => expect.stringMatching(sentence)));
  expect(readdirSync(cwd)).toEqual([]);
});

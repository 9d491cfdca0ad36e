// Every ts block of every README runs as it stands. Fragments that cannot are tagged typescript or text.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runner = fileURLToPath(new URL("run-blocks.mjs", import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

interface Block {
  /** "packages/optics/README.md, block 1" */
  readonly name: string;
  readonly folder: string;
  readonly code: string;
}

/** The root, and every folder below those that hold packages. */
function foldersWithReadme(): string[] {
  const below = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$)/.test(entry.name))
      .flatMap(({ name }) => [join(folder, name), ...below(join(folder, name))]);
  const inside = ["packages", "apps", "examples", "tools"].flatMap((name) =>
    below(join(root, name)),
  );
  return [root, ...inside].filter((folder) => existsSync(join(folder, "README.md")));
}

function blocksOf(folder: string): Block[] {
  const file = join(folder, "README.md");
  const blocks = readFileSync(file, "utf8").matchAll(/^```ts\n(.*?)^```$/gms);
  return [...blocks].map(([, code], i) => ({
    name: `${relative(root, file)}, block ${i + 1}`,
    folder,
    code: code!,
  }));
}

let scratch = "";
let made: string[] = [];
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "minisim-readme-"));
  made = [];
});
afterEach(() => {
  for (const folder of [scratch, ...made]) rmSync(folder, { recursive: true, force: true });
});

/** A file inside the package, so that its imports resolve as the package's own do. */
function place({ folder, code }: Block): string {
  const inside = mkdtempSync(join(folder, ".readme-"));
  made.push(inside);
  const file = join(inside, "block.ts");
  writeFileSync(file, `${code}\nexport {};\n`);
  return file;
}

/** Runs the blocks one after the other in one process; the name of each that failed, with its error. */
async function failuresOf(blocks: readonly Block[]): Promise<string[]> {
  const work = join(scratch, "work");
  const report = join(scratch, "report.json");
  mkdirSync(work);
  const files = blocks.map((block) => pathToFileURL(place(block)).href);
  const argv = ["-C", "@minisim/source", "--import", loader, runner, report, ...files];
  const child = spawn(process.execPath, argv, { cwd: work, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (text) => {
    complaint += text;
  });
  await once(child, "close");
  // No report: the process itself fell over, and its last words say why.
  if (!existsSync(report)) return [complaint];
  const errors = JSON.parse(readFileSync(report, "utf8")) as (string | null)[];
  return blocks.flatMap(({ name }, i) => (errors[i] === null ? [] : [`${name}: ${errors[i]}`]));
}

test("every ts block of every README runs", async () => {
  const blocks = foldersWithReadme().flatMap(blocksOf);
  // A search that finds nothing would pass: these two are known to be there.
  expect(blocks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["README.md, block 1", "packages/steps/vignette/README.md, block 1"]),
  );
  expect(await failuresOf(blocks)).toEqual([]);
});

test("a block that throws, or imports what is not there, is named", async () => {
  const block = (n: number, code: string) => ({ name: `block ${n}`, folder: root, code });
  const failures = await failuresOf([
    block(1, 'await Promise.reject(new Error("broken"));'),
    block(2, "const fine: number = 1;"),
    block(3, 'import { nothing } from "minisim";\nnothing();'),
  ]);
  expect(failures).toEqual([
    "block 1: Error: broken",
    expect.stringMatching(/^block 3: .*nothing/s),
  ]);
});

// npm create minisim-step as a stranger does it, by docs/how-to/add-an-effect.md: its commands in their order, its files in their places, and
// the tarballs in place of the registry.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { execute, node } from "./run.ts";

const page = readFileSync(new URL("../../docs/how-to/add-an-effect.md", import.meta.url), "utf8");
const [, section = ""] = /## A package of your own\n(.*?)\n## /s.exec(page) ?? [];
const blocks = [...section.matchAll(/^```(\w+)(?: \[(\S+)\])?\n(.*?)^```$/gms)].map(
  ([, language, file, text]) => ({ language, file, text: text! }),
);

let away = "";
let folder = "";
/** What each command printed. */
const said = new Map<string, string>();
beforeAll(async () => {
  away = mkdtempSync(join(tmpdir(), "minisim-create-"));
  folder = away;
  // What this test's vitest tells its children is not for the package's.
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("VITEST")) delete process.env[name];
  }
  for (const { language, file, text } of blocks) {
    if (file !== undefined) write(join(folder, file), text);
    else if (language === "text") {
      for (const command of text.trim().split("\n")) await follow(command);
    }
  }
});
afterAll(() => rmSync(away, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function follow(command: string): Promise<void> {
  const [program = "", ...words] = command.split(" ");
  if (program === "cd") folder = join(folder, words[0]!);
  else said.set(`${command}, ${said.size + 1}`, await printed(program, words));
}

function printed(program: string, words: readonly string[]): Promise<string> {
  const start = words.slice(0, 2).join(" ");
  if (start === "create minisim-step") {
    const bin = "node_modules/create-minisim-step/bin/create-minisim-step.js";
    return node(join(inject("project"), bin), words.slice(2), folder);
  }
  if (start !== "install") return execute(program, words, folder);
  const cache = join(inject("project"), "../npm-cache");
  const quiet = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--cache", cache];
  return execute(program, ["install", ...quiet, ...inject("tarballs")], folder);
}

test("every command of the page ends well", () => {
  const commands = [...said.keys()];
  expect(commands[0]).toBe("npm create minisim-step sensor-dust, 1");
  expect(said.get(commands[0]!)).toContain("sensor-dust has a package with the step sensor_dust.");
  const tests = commands.filter((command) => command.startsWith("npm test"));
  expect(tests.length).toBe(2);
  for (const command of tests) expect(said.get(command)).toMatch(/Tests .*\d+ passed/);
  expect(
    commands.filter((command) => /run simulate|run look|npx minisim/.test(command)).length,
  ).toBe(5);
  expect(blocks.filter(({ file }) => file).length).toBe(5);
});

test("the recording has the step, and says which package brought it", async () => {
  const minisim = join(folder, "node_modules/@minisim/cli/bin/minisim.js");
  const told = await node(minisim, ["inspect", "recording.zarr"], folder);
  expect(told).toContain("sensor_dust");
  // A picture that is all white shows no effect.
  expect(told).not.toContain("warning");
  const attributes = readFileSync(join(folder, "recording.zarr/zarr.json"), "utf8");
  expect(attributes).toContain("minisim-step-sensor-dust");
});

test("whoever imports it has its types", async () => {
  const program = `import { sensorDust } from "minisim-step-sensor-dust";
const kind: "sensor_dust" = sensorDust.kind;
// @ts-expect-error: there is no such parameter
sensorDust.params.parse({}).weakness;
console.log(kind, sensorDust.package?.name, sensorDust.params.parse({}).grains.toFixed(1));
`;
  writeFileSync(join(folder, "program.ts"), program);
  const settings = { extends: "./tsconfig.json", include: ["program.ts"] };
  writeFileSync(join(folder, "tsconfig.program.json"), JSON.stringify(settings));
  const compiler = join(folder, "node_modules/typescript/bin/tsc");
  await node(compiler, ["--noEmit", "--project", "tsconfig.program.json"], folder);
});

test("a promise that is broken is said in a sentence with its place", async () => {
  const step = join(folder, "src/index.ts");
  const sound = readFileSync(step, "utf8");
  const distance = "(dy * dy + dx * dx) / (radius_px * radius_px)";
  expect(sound).toContain(distance);
  writeFileSync(step, sound.replace(distance, "Math.hypot(dy, dx) / radius_px"));
  const line = sound.split("\n").findIndex((text) => text.includes(distance)) + 1;
  const [, sentence] = /such as `src\/index\.ts:\d+:\d+: (.*?)`/.exec(section)!;
  await expect(execute("npm", ["test"], folder)).rejects.toThrow(
    new RegExp(`src/index\\.ts:${line}:\\d+: ${sentence!.replaceAll(".", "\\.")}`),
  );
});

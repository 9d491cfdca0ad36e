// The images of examples/containers: no builder runs here, so the steps of their files are run one by one, in an empty folder in place of the root, with
// the Node of this machine in place of that of the base image. What is run is read from the files themselves.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { loadRecording } from "minisim/node";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { sha256 } from "./common/sha256.ts";
import { spec } from "./common/spec.ts";
import { expectedMovie } from "./run.ts";

const examples = fileURLToPath(new URL("../../examples/containers", import.meta.url));
const root = new URL("../../package.json", import.meta.url);

let home = "";
/** The folder that an image is built from. */
let context = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "minisim-containers-"));
  context = join(home, "context");
  for (const tarball of inject("tarballs")) {
    cpSync(tarball, join(context, "tarballs", basename(tarball)));
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What an image is once it is built. */
interface Image {
  readonly from: string;
  /** Runs it as a container is run, with words behind its name, in a folder; what it printed. */
  run(words: readonly string[], cwd: string): string;
}

/** The paths of an image that its files name. */
const PLACES = ["/opt/minisim", "/data"];

/** A file, with the paths of the image under `image`. */
function read(name: string, image: string): string {
  const text = readFileSync(join(examples, name), "utf8").replaceAll(/^\s*#.*\n/gm, "");
  return PLACES.reduce((all, path) => all.replaceAll(path, `${image}${path}`), text);
}

function shell(script: string, cwd: string, env: NodeJS.ProcessEnv, words: string[] = []): string {
  // Of npm, the registry that this machine is set to is used.
  const all = {
    ...process.env,
    ...env,
    npm_config_cache: join(home, "npm-cache"),
    npm_config_loglevel: "error",
  };
  // As /bin/sh of an image runs it: the first step that fails ends it.
  const options = { cwd, env: all, encoding: "utf8" as const, stdio: "pipe" as const };
  return execFileSync("sh", ["-e", "-c", script, "sh", ...words], options);
}

function buildDocker(image: string): Image {
  let from = "";
  let workdir = image;
  let env: NodeJS.ProcessEnv = { PATH: process.env.PATH };
  let entry: string[] = [];
  const lines = read("Dockerfile", image).replaceAll("\\\n", " ").trim().split("\n");
  for (const line of lines) {
    const [, instruction, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === "FROM") from = rest!;
    else if (instruction === "WORKDIR") {
      workdir = resolve(workdir, rest!);
      mkdirSync(workdir, { recursive: true });
    } else if (instruction === "COPY") {
      const [what, to] = rest!.split(" ");
      cpSync(join(context, what!), resolve(workdir, to!), { recursive: true });
    } else if (instruction === "RUN") shell(rest!, workdir, env);
    else if (instruction === "ENV") {
      const [name, value] = rest!.split("=");
      env = { ...env, [name!]: value!.replace(`$${name}`, env[name!] ?? "") };
    } else if (instruction === "ENTRYPOINT") entry = JSON.parse(rest!);
    else throw new Error(`the test knows no ${line}`);
  }
  return { from, run: (words, cwd) => shell('"$@"', cwd, env, [...entry, ...words]) };
}

function buildApptainer(image: string): Image {
  const [header, ...parts] = read("minisim.def", image).split(/^%/m);
  const sections = new Map(
    parts.map((part) => {
      const end = part.indexOf("\n");
      return [part.slice(0, end), part.slice(end + 1)];
    }),
  );
  const env = { PATH: process.env.PATH };
  for (const line of sections.get("files")!.trim().split("\n")) {
    const [what, to] = line.trim().split(" ");
    mkdirSync(dirname(to!), { recursive: true });
    cpSync(join(context, what!), to!, { recursive: true });
  }
  shell(sections.get("post")!, image, env);
  const inside = (script: string) => `${sections.get("environment")}\n${script}`;
  shell(inside(sections.get("test")!), image, env);
  return {
    from: /^Bootstrap: docker\nFrom: (.*)$/m.exec(header!)![1]!,
    run: (words, cwd) => shell(inside(sections.get("runscript")!), cwd, env, [...words]),
  };
}

const builders = { Dockerfile: buildDocker, "minisim.def": buildApptainer };

test.each(Object.entries(builders))("%s makes an image that simulates", async (name, build) => {
  const image = join(home, name);
  mkdirSync(image);
  const built = build(image);
  const least = Number(/\d+/.exec(JSON.parse(readFileSync(root, "utf8")).engines.node)![0]);
  const [, major] = /^node:(\d+)-slim$/.exec(built.from) ?? [];
  expect(Number(major)).toBeGreaterThan(least);
  expect(existsSync(join(image, "opt/minisim/tarballs"))).toBe(false);

  const data = join(home, `${name}-data`);
  mkdirSync(data);
  writeFileSync(join(data, "spec.json"), JSON.stringify(spec));
  built.run(["simulate", "spec.json", "-o", "out.zarr", "--quiet"], data);
  const { observed } = await loadRecording(join(data, "out.zarr"));
  expect(await sha256(observed.data)).toBe((await expectedMovie()).movie);
  // An error of a user is said, and has its code.
  expect(() => built.run(["inspect", "nothing.zarr"], data)).toThrow(
    "no recording at nothing.zarr",
  );
});

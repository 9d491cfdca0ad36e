// How environments are made, found again, and fail. Python, pip and uv are scripts of the shell here: nothing is installed.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { loadAdapter, type PrepareOptions, preparePipeline, runPipeline } from "@minisim/pipelines";
import { isMinisimError } from "@minisim/spec";
import { beforeEach, expect, test } from "vitest";
import { at, cache, fixture, input } from "./recorded.ts";

// Says the version that the test gives it, makes itself an environment, and runs the fixture's script with Node.
const PYTHON = `#!/bin/sh
case "$1 $2" in
  "-c "*platform.python_version*dict*) echo '{"python": "'$VERSION'", "packages": {"fake": "1.2"}}' ;;
  "-c "*) echo $VERSION ;;
  "-m venv") echo "venv" >> "$CALLS"; /bin/mkdir -p "$3/bin"; /bin/cp "$0" "$3/bin/python" ;;
  "-m pip") echo "pip $*" >> "$CALLS"; echo "Collecting fake"; if [ -n "$FAILS" ]; then echo "ERROR: No matching distribution found for fake==9"; exit 1; fi ;;
  *) exec "${process.execPath}" "$@" ;;
esac
`;
const UV = `#!/bin/sh
echo "uv $1 $2" >> "$CALLS"
if [ "$1" = venv ]; then /bin/mkdir -p "$4/bin"; /bin/cp "${"$"}{0%/*}/python3" "$4/bin/python"; fi
`;

const run = `run: { python: ">=3.10,<3.13", requirements: requirements.txt, script: run.mjs }`;

beforeEach(() => {
  for (const name of ["mine", "bin", "cache", "calls"])
    rmSync(at(name), { recursive: true, force: true });
  cpSync(fixture("fake"), at("mine"), { recursive: true });
  const yaml = readFileSync(at("mine/pipeline.yaml"), "utf8");
  writeFileSync(at("mine/pipeline.yaml"), yaml.replace(/^run:.*$/m, run));
  writeFileSync(at("mine/requirements.txt"), "fake==1.2\n");
  mkdirSync(at("bin"));
  program("python3", PYTHON);
});

function program(name: string, text: string) {
  writeFileSync(at("bin", name), text);
  chmodSync(at("bin", name), 0o755);
}

const calls = () => (existsSync(at("calls")) ? readFileSync(at("calls"), "utf8") : "");

/** On a path of these programs alone. */
async function runMine(env: Record<string, string> = {}, options: Partial<PrepareOptions> = {}) {
  const adapter = await loadAdapter(at("mine"));
  const prepared = await preparePipeline(adapter, {
    cache: cache(),
    env: { PATH: at("bin"), VERSION: "3.11.7", CALLS: at("calls"), ...env },
    ...options,
  });
  const finished = await runPipeline(prepared, input());
  await finished.release();
  return finished;
}

async function failure(...words: Parameters<typeof runMine>): Promise<string> {
  const error = await runMine(...words).catch((error: unknown) => error);
  if (!isMinisimError(error, "pipeline")) throw error;
  expect(error.code).toBe("environment");
  return error.message;
}

test("an environment is made once, and said in the run", async () => {
  const { document } = await runMine();
  expect(document.environment).toEqual({ python: "3.11.7", packages: { fake: "1.2" } });
  expect(calls()).toMatch(/^venv\npip -m pip install .*-r .*mine\/requirements\.txt\n$/);
  expect((await cache().list()).map(({ kind }) => kind).sort()).toEqual(["environment", "run"]);
  expect(readdirSync(at("cache/logs"))).toEqual([]);
  // Other files of the adapter need a new run, but no new environment.
  writeFileSync(at("mine/notes.txt"), "more");
  expect((await runMine()).hit).toBe(false);
  expect(calls().split("\n")).toHaveLength(3);
  writeFileSync(at("mine/requirements.txt"), "fake==1.3\n");
  await runMine();
  expect(calls().split("\n")).toHaveLength(5);
});

test("a run is found though its environment is gone", async () => {
  const { path } = await runMine();
  const [environment] = (await cache().list()).filter(({ kind }) => kind === "environment");
  await cache().drop(environment!.cache_key, "environment");
  const found = await runMine();
  expect([found.hit, found.path]).toEqual([true, path]);
});

test("uv is taken where it is", async () => {
  program("uv", UV);
  await runMine();
  expect(calls()).toBe("uv venv --python\nuv pip install\n");
});

test("a complete list of requirements is installed without what they depend on", async () => {
  const yaml = readFileSync(at("mine/pipeline.yaml"), "utf8");
  writeFileSync(at("mine/pipeline.yaml"), yaml.replace("script:", "complete: true, script:"));
  await runMine();
  expect(calls()).toContain(" --no-deps -r ");
});

test("an installation that fails is one sentence, and its log stays", async () => {
  const message = await failure({ FAILS: "yes" });
  const [, log] =
    /^The environment of fake could not be made; the installation ended with exit code 1: ERROR: No matching distribution found for fake==9\. Its log is (\S+)\.$/.exec(
      message,
    )!;
  expect(readFileSync(log!, "utf8")).toContain("Collecting fake\n");
  expect(await cache().list()).toEqual([]);
  expect((await runMine()).hit).toBe(false);
});

test("no Python, or none that fits, is said before anything is made", async () => {
  expect(await failure({ VERSION: "3.9.18" })).toBe(
    "There is no Python >=3.10,<3.13 on the path (there is 3.9.18). Install one, or uv, which brings its own; or name an environment of yours with --python.",
  );
  expect(await failure({ PATH: at("mine") })).toMatch(/^There is no Python .* \(there is none\)/);
});

test("an environment of the user's own is taken as it is", async () => {
  const python = at("bin/python3");
  const { document } = await runMine({}, { python });
  expect(document.environment?.python).toBe("3.11.7");
  expect(calls()).toBe("");
  // Other packages are another environment.
  program("python3", PYTHON.replace('"fake": "1.2"', '"fake": "1.3"'));
  expect((await runMine({}, { python })).hit).toBe(false);
  expect(await failure({}, { python: at("bin/none") })).toBe(
    `${at("bin/none")} is no Python that runs.`,
  );
  expect(await failure({ VERSION: "3.13.1" }, { python })).toBe(
    `${python} is Python 3.13.1; the pipeline needs >=3.10,<3.13.`,
  );
});

test("without requirements the sentence of the adapter says how the environment is made", async () => {
  const yaml = readFileSync(at("mine/pipeline.yaml"), "utf8");
  const own = `run: { python: ">=3.10", script: run.mjs, environment: Ask your neighbour. }`;
  writeFileSync(at("mine/pipeline.yaml"), yaml.replace(/^run:.*$/m, own));
  expect(await failure()).toBe(
    "minisim cannot make the environment of fake. Ask your neighbour. Then name its Python with --python.",
  );
  await runMine({}, { python: at("bin/python3") });
});

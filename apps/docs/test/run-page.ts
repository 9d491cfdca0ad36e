// PAGE...: does what pages say, block after block, each page in an empty folder. Prints "PLACE: what went wrong" of the first block of a page
// that fails, and ends with 1. PYTHON names the Python that has minisim_ts. Everything of ours runs from its sources.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type Block, blocksOf, isRead } from "../src/blocks.ts";
import { root } from "../src/repository.ts";

const node = process.execPath;
const tsx = pathToFileURL(createRequire(join(root, "package.json")).resolve("tsx")).href;
const fromSources = ["-C", "@minisim/source", "--import", tsx];

/** What the first failing block of each page complains of. */
export async function failuresOf(pages: readonly string[]): Promise<string[]> {
  const failures: string[] = [];
  for (const page of pages) {
    const failure = await failureOf(blocksOf(readFileSync(join(root, page), "utf8"), page));
    if (failure) failures.push(failure);
  }
  return failures;
}

export async function failureOf(blocks: readonly Block[]): Promise<string | undefined> {
  // Inside of a package that has all that pages import.
  const folder = mkdtempSync(join(root, "apps/docs/.readme-"));
  const shell = shellIn(folder);
  const python = pythonIn(folder, shell);
  try {
    for (const [i, block] of blocks.entries()) {
      const words = await complaintOf(block, i);
      if (words !== undefined) return `${block.place}: ${words}`;
    }
    return undefined;
  } finally {
    await python.end();
    rmSync(folder, { recursive: true, force: true });
  }

  async function complaintOf(block: Block, i: number): Promise<string | undefined> {
    const { language, file, code } = block;
    if (isRead(block)) return undefined;
    if (file !== undefined) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), code);
      return undefined;
    }
    if (language === "python") return python.run(code);
    const script = join(folder, `block-${i + 1}.${language}`);
    writeFileSync(script, language === "ts" ? `${code}\nexport {};\n` : code);
    const [program, ...words] =
      language === "sh" ? ["bash", "-euo", "pipefail", script] : [node, ...fromSources, script];
    return complaint(program!, words);
  }

  async function complaint(program: string, words: string[]): Promise<string | undefined> {
    try {
      await promisify(execFile)(program, words, { cwd: folder, env: shell, timeout: 300_000 });
      return undefined;
    } catch (error) {
      const { stdout, stderr, message } = error as Error & Record<"stdout" | "stderr", string>;
      return [message, stdout, stderr].filter(Boolean).join("\n");
    }
  }
}

/** The environment of commands: `npx minisim`, `npx vitest` and `python` are ours; nothing is kept outside of the folder. */
function shellIn(folder: string): NodeJS.ProcessEnv {
  const bin = join(folder, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  const program = (name: string, ...words: string[]) => {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    writeFileSync(join(bin, name), `#!/bin/sh\nexec ${quoted} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const run = join(root, "tools/build/src/run-source.mjs");
  program("minisim", node, run, join(root, "apps/cli/test/run-child.ts"));
  const vitest = createRequire(join(root, "package.json")).resolve("vitest/package.json");
  const config = join(root, "apps/docs/test/for-pages.config.ts");
  program("vitest", node, join(dirname(vitest), "vitest.mjs"), "--config", config, "--root", ".");
  if (process.env.PYTHON) {
    program("python", process.env.PYTHON);
    program("pytest", process.env.PYTHON, "-m", "pytest", "-p", "no:cacheprovider");
  }
  // What the test's own vitest tells its children is not for those of a page.
  const ours = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_OPTIONS|npm_)/.test(name),
  );
  return {
    ...Object.fromEntries(ours),
    NO_COLOR: "1",
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    MINISIM_CACHE_DIR: join(folder, ".cache"),
  };
}

/** One Python for all blocks of a page: what a block names, the next ones know. */
const SESSION = `
import sys, traceback
names = {"__name__": "__main__"}
for line in sys.stdin:
    try:
        exec(compile(open(line.strip()).read(), line.strip(), "exec"), names)
        print("\\x04", flush=True)
    except BaseException:
        traceback.print_exc(file=sys.stdout)
        print("\\x15", flush=True)
`;

function pythonIn(folder: string, env: NodeJS.ProcessEnv) {
  let child: ChildProcess | undefined;
  let count = 0;
  return {
    async run(code: string): Promise<string | undefined> {
      const python = process.env.PYTHON;
      if (!python) return "PYTHON names no Python that has minisim_ts.";
      child ??= spawn(python, ["-c", SESSION], {
        cwd: folder,
        env,
        stdio: ["pipe", "pipe", "pipe"],
      });
      count += 1;
      const file = join(folder, `block-${count}.py`);
      writeFileSync(file, code);
      child.stdin!.write(`${file}\n`);
      let said = "";
      for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
        said += chunk;
        if (said.includes("\x04")) return undefined;
        if (said.includes("\x15")) break;
      }
      return said.replace("\x15", "").trim() || "Python ended.";
    },
    async end(): Promise<void> {
      if (!child) return;
      child.stdin!.end();
      if (child.exitCode === null) await once(child, "close");
    },
  };
}

const pages = process.argv.slice(2).filter((word) => word.endsWith(".md"));
if (pages.length > 0) {
  const failures = await failuresOf(pages);
  process.stdout.write(failures.map((failure) => `${failure}\n`).join(""));
  process.exitCode = failures.length > 0 ? 1 : 0;
}
